#ifndef TIAOKUAI_CPKCS11_H
#define TIAOKUAI_CPKCS11_H

/* What of PKCS#11 (OASIS, version 2.40; CKM_EDDSA of 3.0) is needed to sign with a key that never leaves its token. Names are the
   standard's. The function list is declared up to C_Sign: a module gives it by pointer, so what comes after doesn't matter. */

#include <dlfcn.h>
#include <stddef.h>
#include <stdio.h>

typedef unsigned char CK_BYTE;
typedef unsigned long CK_ULONG;
typedef CK_ULONG CK_RV, CK_FLAGS, CK_SLOT_ID, CK_SESSION_HANDLE, CK_OBJECT_HANDLE, CK_ATTRIBUTE_TYPE;

typedef struct CK_VERSION {
    CK_BYTE major, minor;
} CK_VERSION;

typedef struct CK_C_INITIALIZE_ARGS {
    void *CreateMutex, *DestroyMutex, *LockMutex, *UnlockMutex;
    CK_FLAGS flags;
    void *pReserved;
} CK_C_INITIALIZE_ARGS;

typedef struct CK_TOKEN_INFO {
    CK_BYTE label[32], manufacturerID[32], model[16], serialNumber[16];
    CK_FLAGS flags;
    CK_ULONG ulMaxSessionCount, ulSessionCount, ulMaxRwSessionCount, ulRwSessionCount, ulMaxPinLen, ulMinPinLen;
    CK_ULONG ulTotalPublicMemory, ulFreePublicMemory, ulTotalPrivateMemory, ulFreePrivateMemory;
    CK_VERSION hardwareVersion, firmwareVersion;
    CK_BYTE utcTime[16];
} CK_TOKEN_INFO;

typedef struct CK_ATTRIBUTE {
    CK_ATTRIBUTE_TYPE type;
    void *pValue;
    CK_ULONG ulValueLen;
} CK_ATTRIBUTE;

typedef struct CK_MECHANISM {
    CK_ULONG mechanism;
    void *pParameter;
    CK_ULONG ulParameterLen;
} CK_MECHANISM;

typedef struct CK_FUNCTION_LIST {
    CK_VERSION version;
    CK_RV (*C_Initialize)(void *arguments);
    CK_RV (*C_Finalize)(void *reserved);
    void *C_GetInfo, *C_GetFunctionList;
    CK_RV (*C_GetSlotList)(CK_BYTE tokenPresent, CK_SLOT_ID *slots, CK_ULONG *count);
    void *C_GetSlotInfo;
    CK_RV (*C_GetTokenInfo)(CK_SLOT_ID slot, CK_TOKEN_INFO *info);
    void *C_GetMechanismList, *C_GetMechanismInfo, *C_InitToken, *C_InitPIN, *C_SetPIN;
    CK_RV (*C_OpenSession)(CK_SLOT_ID slot, CK_FLAGS flags, void *application, void *notify, CK_SESSION_HANDLE *session);
    CK_RV (*C_CloseSession)(CK_SESSION_HANDLE session);
    void *C_CloseAllSessions, *C_GetSessionInfo, *C_GetOperationState, *C_SetOperationState;
    CK_RV (*C_Login)(CK_SESSION_HANDLE session, CK_ULONG user, const CK_BYTE *pin, CK_ULONG length);
    void *C_Logout, *C_CreateObject, *C_CopyObject, *C_DestroyObject, *C_GetObjectSize;
    CK_RV (*C_GetAttributeValue)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE object, CK_ATTRIBUTE *attributes, CK_ULONG count);
    void *C_SetAttributeValue;
    CK_RV (*C_FindObjectsInit)(CK_SESSION_HANDLE session, const CK_ATTRIBUTE *attributes, CK_ULONG count);
    CK_RV (*C_FindObjects)(CK_SESSION_HANDLE session, CK_OBJECT_HANDLE *objects, CK_ULONG most, CK_ULONG *count);
    CK_RV (*C_FindObjectsFinal)(CK_SESSION_HANDLE session);
    void *C_EncryptInit, *C_Encrypt, *C_EncryptUpdate, *C_EncryptFinal;
    void *C_DecryptInit, *C_Decrypt, *C_DecryptUpdate, *C_DecryptFinal;
    void *C_DigestInit, *C_Digest, *C_DigestUpdate, *C_DigestKey, *C_DigestFinal;
    CK_RV (*C_SignInit)(CK_SESSION_HANDLE session, const CK_MECHANISM *mechanism, CK_OBJECT_HANDLE key);
    CK_RV (*C_Sign)(CK_SESSION_HANDLE session, const CK_BYTE *data, CK_ULONG length, CK_BYTE *signature, CK_ULONG *signatureLength);
} CK_FUNCTION_LIST;

/* Macros, so that Swift sees numbers of the type that the functions take. */
#define CKF_OS_LOCKING_OK 0x2UL
#define CKF_SERIAL_SESSION 0x4UL
#define CKF_PROTECTED_AUTHENTICATION_PATH 0x100UL
#define CKU_USER 1UL
#define CKO_PUBLIC_KEY 2UL
#define CKO_PRIVATE_KEY 3UL
#define CKA_CLASS 0x0UL
#define CKA_LABEL 0x3UL
#define CKA_EC_PARAMS 0x180UL
#define CKA_EC_POINT 0x181UL
#define CKM_ECDSA 0x1041UL
#define CKM_EDDSA 0x1057UL
#define CKR_OK 0x0UL
#define CKR_DEVICE_REMOVED 0x32UL
#define CKR_PIN_INCORRECT 0xa0UL
#define CKR_PIN_INVALID 0xa1UL
#define CKR_PIN_LEN_RANGE 0xa2UL
#define CKR_PIN_EXPIRED 0xa3UL
#define CKR_PIN_LOCKED 0xa4UL
#define CKR_SESSION_CLOSED 0xb0UL
#define CKR_SESSION_HANDLE_INVALID 0xb3UL
#define CKR_TOKEN_NOT_PRESENT 0xe0UL
#define CKR_USER_ALREADY_LOGGED_IN 0x100UL
#define CKR_USER_NOT_LOGGED_IN 0x101UL
#define CKR_CRYPTOKI_ALREADY_INITIALIZED 0x191UL

/* Loads a module and gives its functions; NULL, with the reason in a text of `room` bytes, when it is none. It stays loaded. */
static inline CK_FUNCTION_LIST *tk_load_module(const char *path, char *reason, size_t room) {
    CK_RV (*list)(CK_FUNCTION_LIST **) = NULL;
    CK_FUNCTION_LIST *functions = NULL;
    void *library = dlopen(path, RTLD_NOW | RTLD_LOCAL);
    if (library != NULL) *(void **)&list = dlsym(library, "C_GetFunctionList");
    if (list == NULL) {
        const char *sentence = dlerror();
        snprintf(reason, room, "%s", sentence != NULL ? sentence : "no C_GetFunctionList");
    } else if (list(&functions) != CKR_OK || functions == NULL) {
        snprintf(reason, room, "C_GetFunctionList failed");
        functions = NULL;
    }
    if (functions == NULL && library != NULL) dlclose(library);
    return functions;
}

#endif
