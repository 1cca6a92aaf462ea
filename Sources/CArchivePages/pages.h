// Made by Tests/Tools/archive_pages.py; not to be edited.
static const unsigned char page_0[] = {
#embed "../../Docs/Formats/Archive.md"
};
static const unsigned char page_1[] = {
#embed "../../Docs/Formats/Bundle.md"
};
static const unsigned char page_2[] = {
#embed "../../Docs/Formats/Changeset.md"
};
static const unsigned char page_3[] = {
#embed "../../Docs/Formats/Credential.md"
};
static const unsigned char page_4[] = {
#embed "../../Docs/Formats/Form.md"
};
static const unsigned char page_5[] = {
#embed "../../Docs/Formats/Log.md"
};
static const unsigned char page_6[] = {
#embed "../../Docs/Formats/Seal.md"
};
static const unsigned char page_7[] = {
#embed "../../Docs/Formats/Snapshot.md"
};
static const unsigned char page_8[] = {
#embed "../../Docs/Formats/Wire.md"
};
static const unsigned char page_9[] = {
#embed "../../Tests/VectorTests/Vectors/ask/by-a-stranger.json"
};
static const unsigned char page_10[] = {
#embed "../../Tests/VectorTests/Vectors/ask/checkpoint-twice.json"
};
static const unsigned char page_11[] = {
#embed "../../Tests/VectorTests/Vectors/ask/checkpoints-unsorted.json"
};
static const unsigned char page_12[] = {
#embed "../../Tests/VectorTests/Vectors/ask/epoch-short.json"
};
static const unsigned char page_13[] = {
#embed "../../Tests/VectorTests/Vectors/ask/for-another.json"
};
static const unsigned char page_14[] = {
#embed "../../Tests/VectorTests/Vectors/ask/leftover.json"
};
static const unsigned char page_15[] = {
#embed "../../Tests/VectorTests/Vectors/ask/many-checkpoints.json"
};
static const unsigned char page_16[] = {
#embed "../../Tests/VectorTests/Vectors/ask/many-sizes.json"
};
static const unsigned char page_17[] = {
#embed "../../Tests/VectorTests/Vectors/ask/nothing.json"
};
static const unsigned char page_18[] = {
#embed "../../Tests/VectorTests/Vectors/ask/of-a-stranger.json"
};
static const unsigned char page_19[] = {
#embed "../../Tests/VectorTests/Vectors/ask/other-network.json"
};
static const unsigned char page_20[] = {
#embed "../../Tests/VectorTests/Vectors/ask/other-type.json"
};
static const unsigned char page_21[] = {
#embed "../../Tests/VectorTests/Vectors/ask/size-twice.json"
};
static const unsigned char page_22[] = {
#embed "../../Tests/VectorTests/Vectors/ask/sizes-and-checkpoints.json"
};
static const unsigned char page_23[] = {
#embed "../../Tests/VectorTests/Vectors/ask/sizes-unsorted.json"
};
static const unsigned char page_24[] = {
#embed "../../Tests/VectorTests/Vectors/ask/version-two.json"
};
static const unsigned char page_25[] = {
#embed "../../Tests/VectorTests/Vectors/ask/wrong-signature.json"
};
static const unsigned char page_26[] = {
#embed "../../Tests/VectorTests/Vectors/body/base-of-text.json"
};
static const unsigned char page_27[] = {
#embed "../../Tests/VectorTests/Vectors/body/base-too-small.json"
};
static const unsigned char page_28[] = {
#embed "../../Tests/VectorTests/Vectors/body/decimal-as-item.json"
};
static const unsigned char page_29[] = {
#embed "../../Tests/VectorTests/Vectors/body/decimals-in-pairs.json"
};
static const unsigned char page_30[] = {
#embed "../../Tests/VectorTests/Vectors/body/decimals-scaled.json"
};
static const unsigned char page_31[] = {
#embed "../../Tests/VectorTests/Vectors/body/decision.json"
};
static const unsigned char page_32[] = {
#embed "../../Tests/VectorTests/Vectors/body/empty-names.json"
};
static const unsigned char page_33[] = {
#embed "../../Tests/VectorTests/Vectors/body/empty.json"
};
static const unsigned char page_34[] = {
#embed "../../Tests/VectorTests/Vectors/body/equivalent-texts.json"
};
static const unsigned char page_35[] = {
#embed "../../Tests/VectorTests/Vectors/body/field-column-leftover.json"
};
static const unsigned char page_36[] = {
#embed "../../Tests/VectorTests/Vectors/body/field-column-missing.json"
};
static const unsigned char page_37[] = {
#embed "../../Tests/VectorTests/Vectors/body/field-columns-unsorted.json"
};
static const unsigned char page_38[] = {
#embed "../../Tests/VectorTests/Vectors/body/foreign-origin.json"
};
static const unsigned char page_39[] = {
#embed "../../Tests/VectorTests/Vectors/body/free-column-leftover.json"
};
static const unsigned char page_40[] = {
#embed "../../Tests/VectorTests/Vectors/body/index-beyond-table.json"
};
static const unsigned char page_41[] = {
#embed "../../Tests/VectorTests/Vectors/body/key-bytes-leftover.json"
};
static const unsigned char page_42[] = {
#embed "../../Tests/VectorTests/Vectors/body/keys.json"
};
static const unsigned char page_43[] = {
#embed "../../Tests/VectorTests/Vectors/body/leftover.json"
};
static const unsigned char page_44[] = {
#embed "../../Tests/VectorTests/Vectors/body/long-column.json"
};
static const unsigned char page_45[] = {
#embed "../../Tests/VectorTests/Vectors/body/mixed-fields.json"
};
static const unsigned char page_46[] = {
#embed "../../Tests/VectorTests/Vectors/body/names-unsorted.json"
};
static const unsigned char page_47[] = {
#embed "../../Tests/VectorTests/Vectors/body/new-with-heads.json"
};
static const unsigned char page_48[] = {
#embed "../../Tests/VectorTests/Vectors/body/new.json"
};
static const unsigned char page_49[] = {
#embed "../../Tests/VectorTests/Vectors/body/next-across.json"
};
static const unsigned char page_50[] = {
#embed "../../Tests/VectorTests/Vectors/body/next-before-the-feed.json"
};
static const unsigned char page_51[] = {
#embed "../../Tests/VectorTests/Vectors/body/next-forward.json"
};
static const unsigned char page_52[] = {
#embed "../../Tests/VectorTests/Vectors/body/next-in-body.json"
};
static const unsigned char page_53[] = {
#embed "../../Tests/VectorTests/Vectors/body/next-with-heads.json"
};
static const unsigned char page_54[] = {
#embed "../../Tests/VectorTests/Vectors/body/next-without-heads.json"
};
static const unsigned char page_55[] = {
#embed "../../Tests/VectorTests/Vectors/body/numbers-apart.json"
};
static const unsigned char page_56[] = {
#embed "../../Tests/VectorTests/Vectors/body/other-count.json"
};
static const unsigned char page_57[] = {
#embed "../../Tests/VectorTests/Vectors/body/own-epoch-listed.json"
};
static const unsigned char page_58[] = {
#embed "../../Tests/VectorTests/Vectors/body/pair-not-normal.json"
};
static const unsigned char page_59[] = {
#embed "../../Tests/VectorTests/Vectors/body/pairs-needlessly.json"
};
static const unsigned char page_60[] = {
#embed "../../Tests/VectorTests/Vectors/body/personal-field.json"
};
static const unsigned char page_61[] = {
#embed "../../Tests/VectorTests/Vectors/body/previous-listed.json"
};
static const unsigned char page_62[] = {
#embed "../../Tests/VectorTests/Vectors/body/salt-short.json"
};
static const unsigned char page_63[] = {
#embed "../../Tests/VectorTests/Vectors/body/sealed-key.json"
};
static const unsigned char page_64[] = {
#embed "../../Tests/VectorTests/Vectors/body/sealed-personal-field.json"
};
static const unsigned char page_65[] = {
#embed "../../Tests/VectorTests/Vectors/body/sealed-value.json"
};
static const unsigned char page_66[] = {
#embed "../../Tests/VectorTests/Vectors/body/short-column.json"
};
static const unsigned char page_67[] = {
#embed "../../Tests/VectorTests/Vectors/body/text-as-key-item.json"
};
static const unsigned char page_68[] = {
#embed "../../Tests/VectorTests/Vectors/body/text-twice.json"
};
static const unsigned char page_69[] = {
#embed "../../Tests/VectorTests/Vectors/body/unit-name.json"
};
static const unsigned char page_70[] = {
#embed "../../Tests/VectorTests/Vectors/body/unknown-field.json"
};
static const unsigned char page_71[] = {
#embed "../../Tests/VectorTests/Vectors/body/unknown-flag.json"
};
static const unsigned char page_72[] = {
#embed "../../Tests/VectorTests/Vectors/body/unused-epoch.json"
};
static const unsigned char page_73[] = {
#embed "../../Tests/VectorTests/Vectors/body/unused-text.json"
};
static const unsigned char page_74[] = {
#embed "../../Tests/VectorTests/Vectors/body/version-two.json"
};
static const unsigned char page_75[] = {
#embed "../../Tests/VectorTests/Vectors/body/wide-column.json"
};
static const unsigned char page_76[] = {
#embed "../../Tests/VectorTests/Vectors/body/wide-empty-column.json"
};
static const unsigned char page_77[] = {
#embed "../../Tests/VectorTests/Vectors/body/withdrawal.json"
};
static const unsigned char page_78[] = {
#embed "../../Tests/VectorTests/Vectors/body/withdrawn-personal-field.json"
};
static const unsigned char page_79[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/about-logs.json"
};
static const unsigned char page_80[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/complete.json"
};
static const unsigned char page_81[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/empty.json"
};
static const unsigned char page_82[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/first-of-two.json"
};
static const unsigned char page_83[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/flipped-length.json"
};
static const unsigned char page_84[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/flipped-marker.json"
};
static const unsigned char page_85[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/flipped-payload.json"
};
static const unsigned char page_86[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/flipped-type.json"
};
static const unsigned char page_87[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/frame-after-trailer.json"
};
static const unsigned char page_88[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/frame-left-out.json"
};
static const unsigned char page_89[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/leftover.json"
};
static const unsigned char page_90[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/no-trailer.json"
};
static const unsigned char page_91[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/noise-before.json"
};
static const unsigned char page_92[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/payload-as-text.json"
};
static const unsigned char page_93[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/reordered.json"
};
static const unsigned char page_94[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/second-spelling.json"
};
static const unsigned char page_95[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/trailer-of-a-stranger.json"
};
static const unsigned char page_96[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/truncated.json"
};
static const unsigned char page_97[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/unknown-type.json"
};
static const unsigned char page_98[] = {
#embed "../../Tests/VectorTests/Vectors/bundle/volume-zero.json"
};
static const unsigned char page_99[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/01-item-leftover.json"
};
static const unsigned char page_100[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/02-envelope-limit.json"
};
static const unsigned char page_101[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/03-untagged.json"
};
static const unsigned char page_102[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/04-long-head.json"
};
static const unsigned char page_103[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/05-headers-unsorted.json"
};
static const unsigned char page_104[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/06-algorithm-unprotected.json"
};
static const unsigned char page_105[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/07-unknown-critical.json"
};
static const unsigned char page_106[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/08-unprotected-header.json"
};
static const unsigned char page_107[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/09-other-type.json"
};
static const unsigned char page_108[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/10-other-hash.json"
};
static const unsigned char page_109[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/11-short-key-id.json"
};
static const unsigned char page_110[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/12-short-payload.json"
};
static const unsigned char page_111[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/13-version-two.json"
};
static const unsigned char page_112[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/14-local-partition.json"
};
static const unsigned char page_113[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/15-body-length.json"
};
static const unsigned char page_114[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/16-count.json"
};
static const unsigned char page_115[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/17-resumes-unsorted.json"
};
static const unsigned char page_116[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/18-resumes-late.json"
};
static const unsigned char page_117[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/19-first-with-predecessor.json"
};
static const unsigned char page_118[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/20-second-without-predecessor.json"
};
static const unsigned char page_119[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/21-sequence-zero.json"
};
static const unsigned char page_120[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/22-header-leftover.json"
};
static const unsigned char page_121[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/23-other-issuer.json"
};
static const unsigned char page_122[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/24-other-network.json"
};
static const unsigned char page_123[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/25-rehearsal.json"
};
static const unsigned char page_124[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/26-other-key.json"
};
static const unsigned char page_125[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/27-other-algorithm.json"
};
static const unsigned char page_126[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/28-wrong-signature.json"
};
static const unsigned char page_127[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/29-other-subject.json"
};
static const unsigned char page_128[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/30-frame-too-long.json"
};
static const unsigned char page_129[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/31-second-frame.json"
};
static const unsigned char page_130[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/32-other-length.json"
};
static const unsigned char page_131[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/32-shorter-body.json"
};
static const unsigned char page_132[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/33-other-body.json"
};
static const unsigned char page_133[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/34-malformed-body.json"
};
static const unsigned char page_134[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/35-personal-field.json"
};
static const unsigned char page_135[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/36-earlier-check-first.json"
};
static const unsigned char page_136[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/algorithm-by-curve.json"
};
static const unsigned char page_137[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/first.json"
};
static const unsigned char page_138[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/grant.json"
};
static const unsigned char page_139[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/p256.json"
};
static const unsigned char page_140[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/resumes.json"
};
static const unsigned char page_141[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/second.json"
};
static const unsigned char page_142[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/sm2.json"
};
static const unsigned char page_143[] = {
#embed "../../Tests/VectorTests/Vectors/changeset/unknown-header.json"
};
static const unsigned char page_144[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/eleven-items.json"
};
static const unsigned char page_145[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/leftover.json"
};
static const unsigned char page_146[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/national-without-sm3.json"
};
static const unsigned char page_147[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/national.json"
};
static const unsigned char page_148[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/other-key.json"
};
static const unsigned char page_149[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/other-network.json"
};
static const unsigned char page_150[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/own-feeds-unsorted.json"
};
static const unsigned char page_151[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/province.json"
};
static const unsigned char page_152[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/sm3-in-another-network.json"
};
static const unsigned char page_153[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/sm3-null.json"
};
static const unsigned char page_154[] = {
#embed "../../Tests/VectorTests/Vectors/checkpoint/wrong-signature.json"
};
static const unsigned char page_155[] = {
#embed "../../Tests/VectorTests/Vectors/consent/other-units.json"
};
static const unsigned char page_156[] = {
#embed "../../Tests/VectorTests/Vectors/consent/takes-over.json"
};
static const unsigned char page_157[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/backwards.json"
};
static const unsigned char page_158[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/forged.json"
};
static const unsigned char page_159[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/from-nothing.json"
};
static const unsigned char page_160[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/same-size.json"
};
static const unsigned char page_161[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/sm3.json"
};
static const unsigned char page_162[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/three-to-four.json"
};
static const unsigned char page_163[] = {
#embed "../../Tests/VectorTests/Vectors/consistency/two-to-four.json"
};
static const unsigned char page_164[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/backwards.json"
};
static const unsigned char page_165[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/epoch-short.json"
};
static const unsigned char page_166[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/from-nothing.json"
};
static const unsigned char page_167[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/further-claim.json"
};
static const unsigned char page_168[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/further-header.json"
};
static const unsigned char page_169[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/inclusion-proof.json"
};
static const unsigned char page_170[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/issuer-in-capitals.json"
};
static const unsigned char page_171[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/leftover.json"
};
static const unsigned char page_172[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/long-path.json"
};
static const unsigned char page_173[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/more-unprotected.json"
};
static const unsigned char page_174[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/newer-not-held.json"
};
static const unsigned char page_175[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/no-path.json"
};
static const unsigned char page_176[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/of-a-stranger.json"
};
static const unsigned char page_177[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/older-not-held.json"
};
static const unsigned char page_178[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/other-epoch.json"
};
static const unsigned char page_179[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/other-node.json"
};
static const unsigned char page_180[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/other-path.json"
};
static const unsigned char page_181[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/other-root.json"
};
static const unsigned char page_182[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/other-structure.json"
};
static const unsigned char page_183[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/other-type.json"
};
static const unsigned char page_184[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/payload-attached.json"
};
static const unsigned char page_185[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/same-size.json"
};
static const unsigned char page_186[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/signed-again.json"
};
static const unsigned char page_187[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/sm3-other-path.json"
};
static const unsigned char page_188[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/sm3-other-root.json"
};
static const unsigned char page_189[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/sm3-without-root.json"
};
static const unsigned char page_190[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/sm3.json"
};
static const unsigned char page_191[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/three-to-four.json"
};
static const unsigned char page_192[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/two-proofs.json"
};
static const unsigned char page_193[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/two-to-four.json"
};
static const unsigned char page_194[] = {
#embed "../../Tests/VectorTests/Vectors/consistencyReceipt/wrong-signature.json"
};
static const unsigned char page_195[] = {
#embed "../../Tests/VectorTests/Vectors/credential/county.json"
};
static const unsigned char page_196[] = {
#embed "../../Tests/VectorTests/Vectors/credential/day-out-of-range.json"
};
static const unsigned char page_197[] = {
#embed "../../Tests/VectorTests/Vectors/credential/depth-nine.json"
};
static const unsigned char page_198[] = {
#embed "../../Tests/VectorTests/Vectors/credential/leftover.json"
};
static const unsigned char page_199[] = {
#embed "../../Tests/VectorTests/Vectors/credential/lines-and-issuing.json"
};
static const unsigned char page_200[] = {
#embed "../../Tests/VectorTests/Vectors/credential/lines-unsorted.json"
};
static const unsigned char page_201[] = {
#embed "../../Tests/VectorTests/Vectors/credential/region-name.json"
};
static const unsigned char page_202[] = {
#embed "../../Tests/VectorTests/Vectors/credential/takes-over.json"
};
static const unsigned char page_203[] = {
#embed "../../Tests/VectorTests/Vectors/credential/unit-twice.json"
};
static const unsigned char page_204[] = {
#embed "../../Tests/VectorTests/Vectors/credential/unknown-lineage.json"
};
static const unsigned char page_205[] = {
#embed "../../Tests/VectorTests/Vectors/credential/version-two.json"
};
static const unsigned char page_206[] = {
#embed "../../Tests/VectorTests/Vectors/cut/heads-unsorted.json"
};
static const unsigned char page_207[] = {
#embed "../../Tests/VectorTests/Vectors/cut/leftover.json"
};
static const unsigned char page_208[] = {
#embed "../../Tests/VectorTests/Vectors/cut/no-heads.json"
};
static const unsigned char page_209[] = {
#embed "../../Tests/VectorTests/Vectors/cut/two-heads.json"
};
static const unsigned char page_210[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/after-a-rotation.json"
};
static const unsigned char page_211[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/key-of-a-stranger.json"
};
static const unsigned char page_212[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/larger-first.json"
};
static const unsigned char page_213[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/larger-identity-first.json"
};
static const unsigned char page_214[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/leftover.json"
};
static const unsigned char page_215[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/long-path.json"
};
static const unsigned char page_216[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/longer-path.json"
};
static const unsigned char page_217[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/no-path.json"
};
static const unsigned char page_218[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/one-checkpoint.json"
};
static const unsigned char page_219[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/one-log.json"
};
static const unsigned char page_220[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/one-root.json"
};
static const unsigned char page_221[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/one-size.json"
};
static const unsigned char page_222[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/other-key.json"
};
static const unsigned char page_223[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/other-network.json"
};
static const unsigned char page_224[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/other-path.json"
};
static const unsigned char page_225[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/path-of-one-size.json"
};
static const unsigned char page_226[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/power-of-two.json"
};
static const unsigned char page_227[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/sm3-left-off.json"
};
static const unsigned char page_228[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/sm3-one-log.json"
};
static const unsigned char page_229[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/sm3-one-size.json"
};
static const unsigned char page_230[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/sm3-two-sizes.json"
};
static const unsigned char page_231[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/two-epochs.json"
};
static const unsigned char page_232[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/two-networks.json"
};
static const unsigned char page_233[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/two-nodes.json"
};
static const unsigned char page_234[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/two-sizes.json"
};
static const unsigned char page_235[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/version-two.json"
};
static const unsigned char page_236[] = {
#embed "../../Tests/VectorTests/Vectors/evidence/wrong-signature.json"
};
static const unsigned char page_237[] = {
#embed "../../Tests/VectorTests/Vectors/feed/county-work.json"
};
static const unsigned char page_238[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/after-a-rotation.json"
};
static const unsigned char page_239[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/larger-identity-first.json"
};
static const unsigned char page_240[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/leftover.json"
};
static const unsigned char page_241[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/one-changeset.json"
};
static const unsigned char page_242[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/other-key.json"
};
static const unsigned char page_243[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/two-branches.json"
};
static const unsigned char page_244[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/two-epochs.json"
};
static const unsigned char page_245[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/two-networks.json"
};
static const unsigned char page_246[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/two-partitions.json"
};
static const unsigned char page_247[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/two-sequences.json"
};
static const unsigned char page_248[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/version-two.json"
};
static const unsigned char page_249[] = {
#embed "../../Tests/VectorTests/Vectors/forkEvidence/wrong-signature.json"
};
static const unsigned char page_250[] = {
#embed "../../Tests/VectorTests/Vectors/genesis/province.json"
};
static const unsigned char page_251[] = {
#embed "../../Tests/VectorTests/Vectors/heads/forked-feed.json"
};
static const unsigned char page_252[] = {
#embed "../../Tests/VectorTests/Vectors/heads/twice.json"
};
static const unsigned char page_253[] = {
#embed "../../Tests/VectorTests/Vectors/heads/unsorted.json"
};
static const unsigned char page_254[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/beyond-the-log.json"
};
static const unsigned char page_255[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/last-of-three.json"
};
static const unsigned char page_256[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/long.json"
};
static const unsigned char page_257[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/other-index.json"
};
static const unsigned char page_258[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/other-root.json"
};
static const unsigned char page_259[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/short.json"
};
static const unsigned char page_260[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/sm3.json"
};
static const unsigned char page_261[] = {
#embed "../../Tests/VectorTests/Vectors/inclusion/third-of-four.json"
};
static const unsigned char page_262[] = {
#embed "../../Tests/VectorTests/Vectors/key/ed25519.json"
};
static const unsigned char page_263[] = {
#embed "../../Tests/VectorTests/Vectors/key/extra-parameter.json"
};
static const unsigned char page_264[] = {
#embed "../../Tests/VectorTests/Vectors/key/fewer-announced.json"
};
static const unsigned char page_265[] = {
#embed "../../Tests/VectorTests/Vectors/key/leftover.json"
};
static const unsigned char page_266[] = {
#embed "../../Tests/VectorTests/Vectors/key/not-reduced.json"
};
static const unsigned char page_267[] = {
#embed "../../Tests/VectorTests/Vectors/key/off-curve.json"
};
static const unsigned char page_268[] = {
#embed "../../Tests/VectorTests/Vectors/key/other-curve.json"
};
static const unsigned char page_269[] = {
#embed "../../Tests/VectorTests/Vectors/key/p256.json"
};
static const unsigned char page_270[] = {
#embed "../../Tests/VectorTests/Vectors/key/sm2.json"
};
static const unsigned char page_271[] = {
#embed "../../Tests/VectorTests/Vectors/key/small-order.json"
};
static const unsigned char page_272[] = {
#embed "../../Tests/VectorTests/Vectors/operation/decimal-exponent.json"
};
static const unsigned char page_273[] = {
#embed "../../Tests/VectorTests/Vectors/operation/decimal-not-normal.json"
};
static const unsigned char page_274[] = {
#embed "../../Tests/VectorTests/Vectors/operation/decimal-zero-with-exponent.json"
};
static const unsigned char page_275[] = {
#embed "../../Tests/VectorTests/Vectors/operation/decimals.json"
};
static const unsigned char page_276[] = {
#embed "../../Tests/VectorTests/Vectors/operation/decision.json"
};
static const unsigned char page_277[] = {
#embed "../../Tests/VectorTests/Vectors/operation/deep-list.json"
};
static const unsigned char page_278[] = {
#embed "../../Tests/VectorTests/Vectors/operation/epoch-short.json"
};
static const unsigned char page_279[] = {
#embed "../../Tests/VectorTests/Vectors/operation/every-type.json"
};
static const unsigned char page_280[] = {
#embed "../../Tests/VectorTests/Vectors/operation/field-class-three.json"
};
static const unsigned char page_281[] = {
#embed "../../Tests/VectorTests/Vectors/operation/field-index-large.json"
};
static const unsigned char page_282[] = {
#embed "../../Tests/VectorTests/Vectors/operation/field-index-zero.json"
};
static const unsigned char page_283[] = {
#embed "../../Tests/VectorTests/Vectors/operation/field-twice.json"
};
static const unsigned char page_284[] = {
#embed "../../Tests/VectorTests/Vectors/operation/fields-unsorted.json"
};
static const unsigned char page_285[] = {
#embed "../../Tests/VectorTests/Vectors/operation/figure.json"
};
static const unsigned char page_286[] = {
#embed "../../Tests/VectorTests/Vectors/operation/float.json"
};
static const unsigned char page_287[] = {
#embed "../../Tests/VectorTests/Vectors/operation/indefinite-length.json"
};
static const unsigned char page_288[] = {
#embed "../../Tests/VectorTests/Vectors/operation/integer.json"
};
static const unsigned char page_289[] = {
#embed "../../Tests/VectorTests/Vectors/operation/leftover.json"
};
static const unsigned char page_290[] = {
#embed "../../Tests/VectorTests/Vectors/operation/long-head.json"
};
static const unsigned char page_291[] = {
#embed "../../Tests/VectorTests/Vectors/operation/long-list.json"
};
static const unsigned char page_292[] = {
#embed "../../Tests/VectorTests/Vectors/operation/names-twice.json"
};
static const unsigned char page_293[] = {
#embed "../../Tests/VectorTests/Vectors/operation/next-figure.json"
};
static const unsigned char page_294[] = {
#embed "../../Tests/VectorTests/Vectors/operation/nine-items.json"
};
static const unsigned char page_295[] = {
#embed "../../Tests/VectorTests/Vectors/operation/no-fields.json"
};
static const unsigned char page_296[] = {
#embed "../../Tests/VectorTests/Vectors/operation/null-in-list.json"
};
static const unsigned char page_297[] = {
#embed "../../Tests/VectorTests/Vectors/operation/other-tag.json"
};
static const unsigned char page_298[] = {
#embed "../../Tests/VectorTests/Vectors/operation/personal-field.json"
};
static const unsigned char page_299[] = {
#embed "../../Tests/VectorTests/Vectors/operation/sealed-in-list.json"
};
static const unsigned char page_300[] = {
#embed "../../Tests/VectorTests/Vectors/operation/sealed-value.json"
};
static const unsigned char page_301[] = {
#embed "../../Tests/VectorTests/Vectors/operation/seen-unsorted.json"
};
static const unsigned char page_302[] = {
#embed "../../Tests/VectorTests/Vectors/operation/text-composed.json"
};
static const unsigned char page_303[] = {
#embed "../../Tests/VectorTests/Vectors/operation/text-decomposed.json"
};
static const unsigned char page_304[] = {
#embed "../../Tests/VectorTests/Vectors/operation/text-not-utf8.json"
};
static const unsigned char page_305[] = {
#embed "../../Tests/VectorTests/Vectors/operation/too-many-fields.json"
};
static const unsigned char page_306[] = {
#embed "../../Tests/VectorTests/Vectors/operation/truncated.json"
};
static const unsigned char page_307[] = {
#embed "../../Tests/VectorTests/Vectors/operation/unit-name.json"
};
static const unsigned char page_308[] = {
#embed "../../Tests/VectorTests/Vectors/operation/version-two.json"
};
static const unsigned char page_309[] = {
#embed "../../Tests/VectorTests/Vectors/operation/withdrawn.json"
};
static const unsigned char page_310[] = {
#embed "../../Tests/VectorTests/Vectors/operation/written-before-1970.json"
};
static const unsigned char page_311[] = {
#embed "../../Tests/VectorTests/Vectors/partition/local.json"
};
static const unsigned char page_312[] = {
#embed "../../Tests/VectorTests/Vectors/partition/policy-with-line.json"
};
static const unsigned char page_313[] = {
#embed "../../Tests/VectorTests/Vectors/partition/policy.json"
};
static const unsigned char page_314[] = {
#embed "../../Tests/VectorTests/Vectors/partition/work-of-a-line.json"
};
static const unsigned char page_315[] = {
#embed "../../Tests/VectorTests/Vectors/partition/work.json"
};
static const unsigned char page_316[] = {
#embed "../../Tests/VectorTests/Vectors/proof/by-the-root-key.json"
};
static const unsigned char page_317[] = {
#embed "../../Tests/VectorTests/Vectors/proof/checkpoint-altered.json"
};
static const unsigned char page_318[] = {
#embed "../../Tests/VectorTests/Vectors/proof/consistency.json"
};
static const unsigned char page_319[] = {
#embed "../../Tests/VectorTests/Vectors/proof/credential-altered.json"
};
static const unsigned char page_320[] = {
#embed "../../Tests/VectorTests/Vectors/proof/credential-missing.json"
};
static const unsigned char page_321[] = {
#embed "../../Tests/VectorTests/Vectors/proof/credential-stray.json"
};
static const unsigned char page_322[] = {
#embed "../../Tests/VectorTests/Vectors/proof/inclusion.json"
};
static const unsigned char page_323[] = {
#embed "../../Tests/VectorTests/Vectors/proof/leftover.json"
};
static const unsigned char page_324[] = {
#embed "../../Tests/VectorTests/Vectors/proof/of-the-county.json"
};
static const unsigned char page_325[] = {
#embed "../../Tests/VectorTests/Vectors/proof/one-checkpoint.json"
};
static const unsigned char page_326[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-changeset.json"
};
static const unsigned char page_327[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-epoch.json"
};
static const unsigned char page_328[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-key.json"
};
static const unsigned char page_329[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-network.json"
};
static const unsigned char page_330[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-path.json"
};
static const unsigned char page_331[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-root.json"
};
static const unsigned char page_332[] = {
#embed "../../Tests/VectorTests/Vectors/proof/other-size.json"
};
static const unsigned char page_333[] = {
#embed "../../Tests/VectorTests/Vectors/proof/receipt-altered.json"
};
static const unsigned char page_334[] = {
#embed "../../Tests/VectorTests/Vectors/proof/root-altered.json"
};
static const unsigned char page_335[] = {
#embed "../../Tests/VectorTests/Vectors/proof/two-receipts.json"
};
static const unsigned char page_336[] = {
#embed "../../Tests/VectorTests/Vectors/proof/version-two.json"
};
static const unsigned char page_337[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/beyond-an-envelope.json"
};
static const unsigned char page_338[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/checkpoint-before-rotation.json"
};
static const unsigned char page_339[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/checkpoint-of-a-stranger.json"
};
static const unsigned char page_340[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/long-proof.json"
};
static const unsigned char page_341[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/national-without-sm3-proof.json"
};
static const unsigned char page_342[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/national-wrong-sm3-proof.json"
};
static const unsigned char page_343[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/national.json"
};
static const unsigned char page_344[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/other-nodes-checkpoint.json"
};
static const unsigned char page_345[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/sm3-proof-without-root.json"
};
static const unsigned char page_346[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/two-heads.json"
};
static const unsigned char page_347[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/waiting-and-refused.json"
};
static const unsigned char page_348[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/wrong-proof.json"
};
static const unsigned char page_349[] = {
#embed "../../Tests/VectorTests/Vectors/receipt/wrong-signature.json"
};
static const unsigned char page_350[] = {
#embed "../../Tests/VectorTests/Vectors/record/cell-of-a-line.json"
};
static const unsigned char page_351[] = {
#embed "../../Tests/VectorTests/Vectors/record/cell.json"
};
static const unsigned char page_352[] = {
#embed "../../Tests/VectorTests/Vectors/record/credential.json"
};
static const unsigned char page_353[] = {
#embed "../../Tests/VectorTests/Vectors/request/county.json"
};
static const unsigned char page_354[] = {
#embed "../../Tests/VectorTests/Vectors/request/other-key.json"
};
static const unsigned char page_355[] = {
#embed "../../Tests/VectorTests/Vectors/request/rotates.json"
};
static const unsigned char page_356[] = {
#embed "../../Tests/VectorTests/Vectors/request/units-unsorted.json"
};
static const unsigned char page_357[] = {
#embed "../../Tests/VectorTests/Vectors/request/version-two.json"
};
static const unsigned char page_358[] = {
#embed "../../Tests/VectorTests/Vectors/root/first-with-previous.json"
};
static const unsigned char page_359[] = {
#embed "../../Tests/VectorTests/Vectors/root/founding.json"
};
static const unsigned char page_360[] = {
#embed "../../Tests/VectorTests/Vectors/root/key-twice.json"
};
static const unsigned char page_361[] = {
#embed "../../Tests/VectorTests/Vectors/root/leftover.json"
};
static const unsigned char page_362[] = {
#embed "../../Tests/VectorTests/Vectors/root/list-of-one.json"
};
static const unsigned char page_363[] = {
#embed "../../Tests/VectorTests/Vectors/root/no-keys.json"
};
static const unsigned char page_364[] = {
#embed "../../Tests/VectorTests/Vectors/root/nonce-short.json"
};
static const unsigned char page_365[] = {
#embed "../../Tests/VectorTests/Vectors/root/number-skipped.json"
};
static const unsigned char page_366[] = {
#embed "../../Tests/VectorTests/Vectors/root/other-algorithm.json"
};
static const unsigned char page_367[] = {
#embed "../../Tests/VectorTests/Vectors/root/other-key.json"
};
static const unsigned char page_368[] = {
#embed "../../Tests/VectorTests/Vectors/root/other-previous.json"
};
static const unsigned char page_369[] = {
#embed "../../Tests/VectorTests/Vectors/root/other-type.json"
};
static const unsigned char page_370[] = {
#embed "../../Tests/VectorTests/Vectors/root/second-by-new-key.json"
};
static const unsigned char page_371[] = {
#embed "../../Tests/VectorTests/Vectors/root/second.json"
};
static const unsigned char page_372[] = {
#embed "../../Tests/VectorTests/Vectors/root/signature-twice.json"
};
static const unsigned char page_373[] = {
#embed "../../Tests/VectorTests/Vectors/root/signatures-unsorted.json"
};
static const unsigned char page_374[] = {
#embed "../../Tests/VectorTests/Vectors/root/threshold-two.json"
};
static const unsigned char page_375[] = {
#embed "../../Tests/VectorTests/Vectors/root/threshold-zero.json"
};
static const unsigned char page_376[] = {
#embed "../../Tests/VectorTests/Vectors/root/two-contents.json"
};
static const unsigned char page_377[] = {
#embed "../../Tests/VectorTests/Vectors/root/two-of-two.json"
};
static const unsigned char page_378[] = {
#embed "../../Tests/VectorTests/Vectors/root/wrong-signature.json"
};
static const unsigned char page_379[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/257-receivers.json"
};
static const unsigned char page_380[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-chunk.json"
};
static const unsigned char page_381[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-first-of-two.json"
};
static const unsigned char page_382[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-for-another.json"
};
static const unsigned char page_383[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-length.json"
};
static const unsigned char page_384[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-sm2-chunk.json"
};
static const unsigned char page_385[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-tag.json"
};
static const unsigned char page_386[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/altered-wrapped.json"
};
static const unsigned char page_387[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/chunk-of-another-head.json"
};
static const unsigned char page_388[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/content-after-its-end.json"
};
static const unsigned char page_389[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/count-beyond.json"
};
static const unsigned char page_390[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/cut-behind-the-head.json"
};
static const unsigned char page_391[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/cut-in-a-chunk.json"
};
static const unsigned char page_392[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/cut-in-the-head.json"
};
static const unsigned char page_393[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/empty.json"
};
static const unsigned char page_394[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/five-items.json"
};
static const unsigned char page_395[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/hpke-key-by-sm2.json"
};
static const unsigned char page_396[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/last-not-said.json"
};
static const unsigned char page_397[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/length-below-least.json"
};
static const unsigned char page_398[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/length-beyond.json"
};
static const unsigned char page_399[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/length-not-padded.json"
};
static const unsigned char page_400[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/mixed-p256.json"
};
static const unsigned char page_401[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/mixed-sm2.json"
};
static const unsigned char page_402[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/mixed-x25519.json"
};
static const unsigned char page_403[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/no-receivers.json"
};
static const unsigned char page_404[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/not-for-this-key.json"
};
static const unsigned char page_405[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/other-name.json"
};
static const unsigned char page_406[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/other-suite.json"
};
static const unsigned char page_407[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/other-wrap-for-another.json"
};
static const unsigned char page_408[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/other-wrap.json"
};
static const unsigned char page_409[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/outline-leftover.json"
};
static const unsigned char page_410[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/p256.json"
};
static const unsigned char page_411[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/padding-not-zero.json"
};
static const unsigned char page_412[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/receiver-twice.json"
};
static const unsigned char page_413[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/receivers-unsorted.json"
};
static const unsigned char page_414[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/second-spelling.json"
};
static const unsigned char page_415[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/sm2-in-suite-one.json"
};
static const unsigned char page_416[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/sm2-receiver-left-out.json"
};
static const unsigned char page_417[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/sm2.json"
};
static const unsigned char page_418[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/suite-three.json"
};
static const unsigned char page_419[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/tag-short.json"
};
static const unsigned char page_420[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/the-other-receiver.json"
};
static const unsigned char page_421[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/trailing.json"
};
static const unsigned char page_422[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/two-chunks.json"
};
static const unsigned char page_423[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/two-receivers.json"
};
static const unsigned char page_424[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/version-two.json"
};
static const unsigned char page_425[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/wrap-three.json"
};
static const unsigned char page_426[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/wrapped-long.json"
};
static const unsigned char page_427[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/wrapped-short.json"
};
static const unsigned char page_428[] = {
#embed "../../Tests/VectorTests/Vectors/sealed/x25519.json"
};
static const unsigned char page_429[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/altered-ciphertext.json"
};
static const unsigned char page_430[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/altered-sm2.json"
};
static const unsigned char page_431[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/altered-wrapped.json"
};
static const unsigned char page_432[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/empty.json"
};
static const unsigned char page_433[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/five-items.json"
};
static const unsigned char page_434[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/long-head.json"
};
static const unsigned char page_435[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/longer.json"
};
static const unsigned char page_436[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/no-value.json"
};
static const unsigned char page_437[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/not-padded.json"
};
static const unsigned char page_438[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-binding.json"
};
static const unsigned char page_439[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-epoch.json"
};
static const unsigned char page_440[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-field.json"
};
static const unsigned char page_441[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-key.json"
};
static const unsigned char page_442[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-number.json"
};
static const unsigned char page_443[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-receiver.json"
};
static const unsigned char page_444[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-record.json"
};
static const unsigned char page_445[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/other-unit.json"
};
static const unsigned char page_446[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/p256.json"
};
static const unsigned char page_447[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/padded-too-far.json"
};
static const unsigned char page_448[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/padding-not-zero.json"
};
static const unsigned char page_449[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/receiver-short.json"
};
static const unsigned char page_450[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/sealed-twice.json"
};
static const unsigned char page_451[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/sm2.json"
};
static const unsigned char page_452[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/suite-three.json"
};
static const unsigned char page_453[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/too-long.json"
};
static const unsigned char page_454[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/wrapped-of-another-suite.json"
};
static const unsigned char page_455[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/wrapped-of-suite-two.json"
};
static const unsigned char page_456[] = {
#embed "../../Tests/VectorTests/Vectors/sealedValue/x25519.json"
};
static const unsigned char page_457[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/by-a-stranger.json"
};
static const unsigned char page_458[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/for-another.json"
};
static const unsigned char page_459[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/head-twice.json"
};
static const unsigned char page_460[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/heads-unsorted.json"
};
static const unsigned char page_461[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/leftover.json"
};
static const unsigned char page_462[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/local-partition.json"
};
static const unsigned char page_463[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/other-checkpoint.json"
};
static const unsigned char page_464[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/other-network.json"
};
static const unsigned char page_465[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/other-type.json"
};
static const unsigned char page_466[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/state-left-out.json"
};
static const unsigned char page_467[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/state-of-nothing.json"
};
static const unsigned char page_468[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/states-unsorted.json"
};
static const unsigned char page_469[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/two-feeds.json"
};
static const unsigned char page_470[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/version-two.json"
};
static const unsigned char page_471[] = {
#embed "../../Tests/VectorTests/Vectors/snapshot/wrong-signature.json"
};
static const unsigned char page_472[] = {
#embed "../../Tests/VectorTests/Vectors/summary/follows-and-names.json"
};
static const unsigned char page_473[] = {
#embed "../../Tests/VectorTests/Vectors/summary/follows-as-number.json"
};
static const unsigned char page_474[] = {
#embed "../../Tests/VectorTests/Vectors/summary/follows-nothing.json"
};
static const unsigned char page_475[] = {
#embed "../../Tests/VectorTests/Vectors/summary/leftover-outside.json"
};
static const unsigned char page_476[] = {
#embed "../../Tests/VectorTests/Vectors/summary/leftover.json"
};
static const unsigned char page_477[] = {
#embed "../../Tests/VectorTests/Vectors/summary/long.json"
};
static const unsigned char page_478[] = {
#embed "../../Tests/VectorTests/Vectors/summary/named.json"
};
static const unsigned char page_479[] = {
#embed "../../Tests/VectorTests/Vectors/summary/no-changeset.json"
};
static const unsigned char page_480[] = {
#embed "../../Tests/VectorTests/Vectors/summary/none.json"
};
static const unsigned char page_481[] = {
#embed "../../Tests/VectorTests/Vectors/summary/other-length.json"
};
static const unsigned char page_482[] = {
#embed "../../Tests/VectorTests/Vectors/summary/two-items.json"
};
static const unsigned char page_483[] = {
#embed "../../Tests/VectorTests/Vectors/summary/two.json"
};
static const unsigned char page_484[] = {
#embed "../../Tests/VectorTests/Vectors/tree/of-0.json"
};
static const unsigned char page_485[] = {
#embed "../../Tests/VectorTests/Vectors/tree/of-1.json"
};
static const unsigned char page_486[] = {
#embed "../../Tests/VectorTests/Vectors/tree/of-2.json"
};
static const unsigned char page_487[] = {
#embed "../../Tests/VectorTests/Vectors/tree/of-3.json"
};
static const unsigned char page_488[] = {
#embed "../../Tests/VectorTests/Vectors/tree/of-4.json"
};
static const unsigned char page_489[] = {
#embed "../../Tests/VectorTests/Vectors/tree/sm3-of-0.json"
};
static const unsigned char page_490[] = {
#embed "../../Tests/VectorTests/Vectors/tree/sm3-of-1.json"
};
static const unsigned char page_491[] = {
#embed "../../Tests/VectorTests/Vectors/tree/sm3-of-3.json"
};
static const unsigned char page_492[] = {
#embed "../../Tests/VectorTests/Vectors/wire/answer-leftover.json"
};
static const unsigned char page_493[] = {
#embed "../../Tests/VectorTests/Vectors/wire/answer-on-plain-http.json"
};
static const unsigned char page_494[] = {
#embed "../../Tests/VectorTests/Vectors/wire/answer-short-binding.json"
};
static const unsigned char page_495[] = {
#embed "../../Tests/VectorTests/Vectors/wire/answer-short-signature.json"
};
static const unsigned char page_496[] = {
#embed "../../Tests/VectorTests/Vectors/wire/answer.json"
};
static const unsigned char page_497[] = {
#embed "../../Tests/VectorTests/Vectors/wire/challenge-as-session.json"
};
static const unsigned char page_498[] = {
#embed "../../Tests/VectorTests/Vectors/wire/challenge-leftover.json"
};
static const unsigned char page_499[] = {
#embed "../../Tests/VectorTests/Vectors/wire/challenge-short-nonce.json"
};
static const unsigned char page_500[] = {
#embed "../../Tests/VectorTests/Vectors/wire/challenge-version-two.json"
};
static const unsigned char page_501[] = {
#embed "../../Tests/VectorTests/Vectors/wire/challenge.json"
};
static const unsigned char page_502[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error-fact-twice.json"
};
static const unsigned char page_503[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error-facts-unsorted.json"
};
static const unsigned char page_504[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error-leftover.json"
};
static const unsigned char page_505[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error-long-name.json"
};
static const unsigned char page_506[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error-long-value.json"
};
static const unsigned char page_507[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error-nine-facts.json"
};
static const unsigned char page_508[] = {
#embed "../../Tests/VectorTests/Vectors/wire/error.json"
};
static const unsigned char page_509[] = {
#embed "../../Tests/VectorTests/Vectors/wire/from-beyond.json"
};
static const unsigned char page_510[] = {
#embed "../../Tests/VectorTests/Vectors/wire/from-leftover.json"
};
static const unsigned char page_511[] = {
#embed "../../Tests/VectorTests/Vectors/wire/from-negative.json"
};
static const unsigned char page_512[] = {
#embed "../../Tests/VectorTests/Vectors/wire/from.json"
};
static const unsigned char page_513[] = {
#embed "../../Tests/VectorTests/Vectors/wire/greet-leftover.json"
};
static const unsigned char page_514[] = {
#embed "../../Tests/VectorTests/Vectors/wire/greet-long-signature.json"
};
static const unsigned char page_515[] = {
#embed "../../Tests/VectorTests/Vectors/wire/greet-short-state.json"
};
static const unsigned char page_516[] = {
#embed "../../Tests/VectorTests/Vectors/wire/greet-without-state.json"
};
static const unsigned char page_517[] = {
#embed "../../Tests/VectorTests/Vectors/wire/greet.json"
};
static const unsigned char page_518[] = {
#embed "../../Tests/VectorTests/Vectors/wire/heads-end.json"
};
static const unsigned char page_519[] = {
#embed "../../Tests/VectorTests/Vectors/wire/heads-leftover.json"
};
static const unsigned char page_520[] = {
#embed "../../Tests/VectorTests/Vectors/wire/heads-short-heard.json"
};
static const unsigned char page_521[] = {
#embed "../../Tests/VectorTests/Vectors/wire/heads-unsorted.json"
};
static const unsigned char page_522[] = {
#embed "../../Tests/VectorTests/Vectors/wire/heads.json"
};
static const unsigned char page_523[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page-65-notes.json"
};
static const unsigned char page_524[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page-beyond.json"
};
static const unsigned char page_525[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page-leftover.json"
};
static const unsigned char page_526[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page-long-code.json"
};
static const unsigned char page_527[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page-long-fact.json"
};
static const unsigned char page_528[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page-note-of-one.json"
};
static const unsigned char page_529[] = {
#embed "../../Tests/VectorTests/Vectors/wire/page.json"
};
static const unsigned char page_530[] = {
#embed "../../Tests/VectorTests/Vectors/wire/plan-as-from.json"
};
static const unsigned char page_531[] = {
#embed "../../Tests/VectorTests/Vectors/wire/plan-beyond.json"
};
static const unsigned char page_532[] = {
#embed "../../Tests/VectorTests/Vectors/wire/plan-leftover.json"
};
static const unsigned char page_533[] = {
#embed "../../Tests/VectorTests/Vectors/wire/plan-negative.json"
};
static const unsigned char page_534[] = {
#embed "../../Tests/VectorTests/Vectors/wire/plan.json"
};
static const unsigned char page_535[] = {
#embed "../../Tests/VectorTests/Vectors/wire/session-leftover.json"
};
static const unsigned char page_536[] = {
#embed "../../Tests/VectorTests/Vectors/wire/session-quiet.json"
};
static const unsigned char page_537[] = {
#embed "../../Tests/VectorTests/Vectors/wire/session-short-token.json"
};
static const unsigned char page_538[] = {
#embed "../../Tests/VectorTests/Vectors/wire/session.json"
};
static const unsigned char page_539[] = {
#embed "../../Tests/Verifier/archive.py"
};
static const struct tk_archive_page tk_archive_pages[] = {
    {"formats/Archive.md", page_0, sizeof page_0},
    {"formats/Bundle.md", page_1, sizeof page_1},
    {"formats/Changeset.md", page_2, sizeof page_2},
    {"formats/Credential.md", page_3, sizeof page_3},
    {"formats/Form.md", page_4, sizeof page_4},
    {"formats/Log.md", page_5, sizeof page_5},
    {"formats/Seal.md", page_6, sizeof page_6},
    {"formats/Snapshot.md", page_7, sizeof page_7},
    {"formats/Wire.md", page_8, sizeof page_8},
    {"vectors/ask/by-a-stranger.json", page_9, sizeof page_9},
    {"vectors/ask/checkpoint-twice.json", page_10, sizeof page_10},
    {"vectors/ask/checkpoints-unsorted.json", page_11, sizeof page_11},
    {"vectors/ask/epoch-short.json", page_12, sizeof page_12},
    {"vectors/ask/for-another.json", page_13, sizeof page_13},
    {"vectors/ask/leftover.json", page_14, sizeof page_14},
    {"vectors/ask/many-checkpoints.json", page_15, sizeof page_15},
    {"vectors/ask/many-sizes.json", page_16, sizeof page_16},
    {"vectors/ask/nothing.json", page_17, sizeof page_17},
    {"vectors/ask/of-a-stranger.json", page_18, sizeof page_18},
    {"vectors/ask/other-network.json", page_19, sizeof page_19},
    {"vectors/ask/other-type.json", page_20, sizeof page_20},
    {"vectors/ask/size-twice.json", page_21, sizeof page_21},
    {"vectors/ask/sizes-and-checkpoints.json", page_22, sizeof page_22},
    {"vectors/ask/sizes-unsorted.json", page_23, sizeof page_23},
    {"vectors/ask/version-two.json", page_24, sizeof page_24},
    {"vectors/ask/wrong-signature.json", page_25, sizeof page_25},
    {"vectors/body/base-of-text.json", page_26, sizeof page_26},
    {"vectors/body/base-too-small.json", page_27, sizeof page_27},
    {"vectors/body/decimal-as-item.json", page_28, sizeof page_28},
    {"vectors/body/decimals-in-pairs.json", page_29, sizeof page_29},
    {"vectors/body/decimals-scaled.json", page_30, sizeof page_30},
    {"vectors/body/decision.json", page_31, sizeof page_31},
    {"vectors/body/empty-names.json", page_32, sizeof page_32},
    {"vectors/body/empty.json", page_33, sizeof page_33},
    {"vectors/body/equivalent-texts.json", page_34, sizeof page_34},
    {"vectors/body/field-column-leftover.json", page_35, sizeof page_35},
    {"vectors/body/field-column-missing.json", page_36, sizeof page_36},
    {"vectors/body/field-columns-unsorted.json", page_37, sizeof page_37},
    {"vectors/body/foreign-origin.json", page_38, sizeof page_38},
    {"vectors/body/free-column-leftover.json", page_39, sizeof page_39},
    {"vectors/body/index-beyond-table.json", page_40, sizeof page_40},
    {"vectors/body/key-bytes-leftover.json", page_41, sizeof page_41},
    {"vectors/body/keys.json", page_42, sizeof page_42},
    {"vectors/body/leftover.json", page_43, sizeof page_43},
    {"vectors/body/long-column.json", page_44, sizeof page_44},
    {"vectors/body/mixed-fields.json", page_45, sizeof page_45},
    {"vectors/body/names-unsorted.json", page_46, sizeof page_46},
    {"vectors/body/new-with-heads.json", page_47, sizeof page_47},
    {"vectors/body/new.json", page_48, sizeof page_48},
    {"vectors/body/next-across.json", page_49, sizeof page_49},
    {"vectors/body/next-before-the-feed.json", page_50, sizeof page_50},
    {"vectors/body/next-forward.json", page_51, sizeof page_51},
    {"vectors/body/next-in-body.json", page_52, sizeof page_52},
    {"vectors/body/next-with-heads.json", page_53, sizeof page_53},
    {"vectors/body/next-without-heads.json", page_54, sizeof page_54},
    {"vectors/body/numbers-apart.json", page_55, sizeof page_55},
    {"vectors/body/other-count.json", page_56, sizeof page_56},
    {"vectors/body/own-epoch-listed.json", page_57, sizeof page_57},
    {"vectors/body/pair-not-normal.json", page_58, sizeof page_58},
    {"vectors/body/pairs-needlessly.json", page_59, sizeof page_59},
    {"vectors/body/personal-field.json", page_60, sizeof page_60},
    {"vectors/body/previous-listed.json", page_61, sizeof page_61},
    {"vectors/body/salt-short.json", page_62, sizeof page_62},
    {"vectors/body/sealed-key.json", page_63, sizeof page_63},
    {"vectors/body/sealed-personal-field.json", page_64, sizeof page_64},
    {"vectors/body/sealed-value.json", page_65, sizeof page_65},
    {"vectors/body/short-column.json", page_66, sizeof page_66},
    {"vectors/body/text-as-key-item.json", page_67, sizeof page_67},
    {"vectors/body/text-twice.json", page_68, sizeof page_68},
    {"vectors/body/unit-name.json", page_69, sizeof page_69},
    {"vectors/body/unknown-field.json", page_70, sizeof page_70},
    {"vectors/body/unknown-flag.json", page_71, sizeof page_71},
    {"vectors/body/unused-epoch.json", page_72, sizeof page_72},
    {"vectors/body/unused-text.json", page_73, sizeof page_73},
    {"vectors/body/version-two.json", page_74, sizeof page_74},
    {"vectors/body/wide-column.json", page_75, sizeof page_75},
    {"vectors/body/wide-empty-column.json", page_76, sizeof page_76},
    {"vectors/body/withdrawal.json", page_77, sizeof page_77},
    {"vectors/body/withdrawn-personal-field.json", page_78, sizeof page_78},
    {"vectors/bundle/about-logs.json", page_79, sizeof page_79},
    {"vectors/bundle/complete.json", page_80, sizeof page_80},
    {"vectors/bundle/empty.json", page_81, sizeof page_81},
    {"vectors/bundle/first-of-two.json", page_82, sizeof page_82},
    {"vectors/bundle/flipped-length.json", page_83, sizeof page_83},
    {"vectors/bundle/flipped-marker.json", page_84, sizeof page_84},
    {"vectors/bundle/flipped-payload.json", page_85, sizeof page_85},
    {"vectors/bundle/flipped-type.json", page_86, sizeof page_86},
    {"vectors/bundle/frame-after-trailer.json", page_87, sizeof page_87},
    {"vectors/bundle/frame-left-out.json", page_88, sizeof page_88},
    {"vectors/bundle/leftover.json", page_89, sizeof page_89},
    {"vectors/bundle/no-trailer.json", page_90, sizeof page_90},
    {"vectors/bundle/noise-before.json", page_91, sizeof page_91},
    {"vectors/bundle/payload-as-text.json", page_92, sizeof page_92},
    {"vectors/bundle/reordered.json", page_93, sizeof page_93},
    {"vectors/bundle/second-spelling.json", page_94, sizeof page_94},
    {"vectors/bundle/trailer-of-a-stranger.json", page_95, sizeof page_95},
    {"vectors/bundle/truncated.json", page_96, sizeof page_96},
    {"vectors/bundle/unknown-type.json", page_97, sizeof page_97},
    {"vectors/bundle/volume-zero.json", page_98, sizeof page_98},
    {"vectors/changeset/01-item-leftover.json", page_99, sizeof page_99},
    {"vectors/changeset/02-envelope-limit.json", page_100, sizeof page_100},
    {"vectors/changeset/03-untagged.json", page_101, sizeof page_101},
    {"vectors/changeset/04-long-head.json", page_102, sizeof page_102},
    {"vectors/changeset/05-headers-unsorted.json", page_103, sizeof page_103},
    {"vectors/changeset/06-algorithm-unprotected.json", page_104, sizeof page_104},
    {"vectors/changeset/07-unknown-critical.json", page_105, sizeof page_105},
    {"vectors/changeset/08-unprotected-header.json", page_106, sizeof page_106},
    {"vectors/changeset/09-other-type.json", page_107, sizeof page_107},
    {"vectors/changeset/10-other-hash.json", page_108, sizeof page_108},
    {"vectors/changeset/11-short-key-id.json", page_109, sizeof page_109},
    {"vectors/changeset/12-short-payload.json", page_110, sizeof page_110},
    {"vectors/changeset/13-version-two.json", page_111, sizeof page_111},
    {"vectors/changeset/14-local-partition.json", page_112, sizeof page_112},
    {"vectors/changeset/15-body-length.json", page_113, sizeof page_113},
    {"vectors/changeset/16-count.json", page_114, sizeof page_114},
    {"vectors/changeset/17-resumes-unsorted.json", page_115, sizeof page_115},
    {"vectors/changeset/18-resumes-late.json", page_116, sizeof page_116},
    {"vectors/changeset/19-first-with-predecessor.json", page_117, sizeof page_117},
    {"vectors/changeset/20-second-without-predecessor.json", page_118, sizeof page_118},
    {"vectors/changeset/21-sequence-zero.json", page_119, sizeof page_119},
    {"vectors/changeset/22-header-leftover.json", page_120, sizeof page_120},
    {"vectors/changeset/23-other-issuer.json", page_121, sizeof page_121},
    {"vectors/changeset/24-other-network.json", page_122, sizeof page_122},
    {"vectors/changeset/25-rehearsal.json", page_123, sizeof page_123},
    {"vectors/changeset/26-other-key.json", page_124, sizeof page_124},
    {"vectors/changeset/27-other-algorithm.json", page_125, sizeof page_125},
    {"vectors/changeset/28-wrong-signature.json", page_126, sizeof page_126},
    {"vectors/changeset/29-other-subject.json", page_127, sizeof page_127},
    {"vectors/changeset/30-frame-too-long.json", page_128, sizeof page_128},
    {"vectors/changeset/31-second-frame.json", page_129, sizeof page_129},
    {"vectors/changeset/32-other-length.json", page_130, sizeof page_130},
    {"vectors/changeset/32-shorter-body.json", page_131, sizeof page_131},
    {"vectors/changeset/33-other-body.json", page_132, sizeof page_132},
    {"vectors/changeset/34-malformed-body.json", page_133, sizeof page_133},
    {"vectors/changeset/35-personal-field.json", page_134, sizeof page_134},
    {"vectors/changeset/36-earlier-check-first.json", page_135, sizeof page_135},
    {"vectors/changeset/algorithm-by-curve.json", page_136, sizeof page_136},
    {"vectors/changeset/first.json", page_137, sizeof page_137},
    {"vectors/changeset/grant.json", page_138, sizeof page_138},
    {"vectors/changeset/p256.json", page_139, sizeof page_139},
    {"vectors/changeset/resumes.json", page_140, sizeof page_140},
    {"vectors/changeset/second.json", page_141, sizeof page_141},
    {"vectors/changeset/sm2.json", page_142, sizeof page_142},
    {"vectors/changeset/unknown-header.json", page_143, sizeof page_143},
    {"vectors/checkpoint/eleven-items.json", page_144, sizeof page_144},
    {"vectors/checkpoint/leftover.json", page_145, sizeof page_145},
    {"vectors/checkpoint/national-without-sm3.json", page_146, sizeof page_146},
    {"vectors/checkpoint/national.json", page_147, sizeof page_147},
    {"vectors/checkpoint/other-key.json", page_148, sizeof page_148},
    {"vectors/checkpoint/other-network.json", page_149, sizeof page_149},
    {"vectors/checkpoint/own-feeds-unsorted.json", page_150, sizeof page_150},
    {"vectors/checkpoint/province.json", page_151, sizeof page_151},
    {"vectors/checkpoint/sm3-in-another-network.json", page_152, sizeof page_152},
    {"vectors/checkpoint/sm3-null.json", page_153, sizeof page_153},
    {"vectors/checkpoint/wrong-signature.json", page_154, sizeof page_154},
    {"vectors/consent/other-units.json", page_155, sizeof page_155},
    {"vectors/consent/takes-over.json", page_156, sizeof page_156},
    {"vectors/consistency/backwards.json", page_157, sizeof page_157},
    {"vectors/consistency/forged.json", page_158, sizeof page_158},
    {"vectors/consistency/from-nothing.json", page_159, sizeof page_159},
    {"vectors/consistency/same-size.json", page_160, sizeof page_160},
    {"vectors/consistency/sm3.json", page_161, sizeof page_161},
    {"vectors/consistency/three-to-four.json", page_162, sizeof page_162},
    {"vectors/consistency/two-to-four.json", page_163, sizeof page_163},
    {"vectors/consistencyReceipt/backwards.json", page_164, sizeof page_164},
    {"vectors/consistencyReceipt/epoch-short.json", page_165, sizeof page_165},
    {"vectors/consistencyReceipt/from-nothing.json", page_166, sizeof page_166},
    {"vectors/consistencyReceipt/further-claim.json", page_167, sizeof page_167},
    {"vectors/consistencyReceipt/further-header.json", page_168, sizeof page_168},
    {"vectors/consistencyReceipt/inclusion-proof.json", page_169, sizeof page_169},
    {"vectors/consistencyReceipt/issuer-in-capitals.json", page_170, sizeof page_170},
    {"vectors/consistencyReceipt/leftover.json", page_171, sizeof page_171},
    {"vectors/consistencyReceipt/long-path.json", page_172, sizeof page_172},
    {"vectors/consistencyReceipt/more-unprotected.json", page_173, sizeof page_173},
    {"vectors/consistencyReceipt/newer-not-held.json", page_174, sizeof page_174},
    {"vectors/consistencyReceipt/no-path.json", page_175, sizeof page_175},
    {"vectors/consistencyReceipt/of-a-stranger.json", page_176, sizeof page_176},
    {"vectors/consistencyReceipt/older-not-held.json", page_177, sizeof page_177},
    {"vectors/consistencyReceipt/other-epoch.json", page_178, sizeof page_178},
    {"vectors/consistencyReceipt/other-node.json", page_179, sizeof page_179},
    {"vectors/consistencyReceipt/other-path.json", page_180, sizeof page_180},
    {"vectors/consistencyReceipt/other-root.json", page_181, sizeof page_181},
    {"vectors/consistencyReceipt/other-structure.json", page_182, sizeof page_182},
    {"vectors/consistencyReceipt/other-type.json", page_183, sizeof page_183},
    {"vectors/consistencyReceipt/payload-attached.json", page_184, sizeof page_184},
    {"vectors/consistencyReceipt/same-size.json", page_185, sizeof page_185},
    {"vectors/consistencyReceipt/signed-again.json", page_186, sizeof page_186},
    {"vectors/consistencyReceipt/sm3-other-path.json", page_187, sizeof page_187},
    {"vectors/consistencyReceipt/sm3-other-root.json", page_188, sizeof page_188},
    {"vectors/consistencyReceipt/sm3-without-root.json", page_189, sizeof page_189},
    {"vectors/consistencyReceipt/sm3.json", page_190, sizeof page_190},
    {"vectors/consistencyReceipt/three-to-four.json", page_191, sizeof page_191},
    {"vectors/consistencyReceipt/two-proofs.json", page_192, sizeof page_192},
    {"vectors/consistencyReceipt/two-to-four.json", page_193, sizeof page_193},
    {"vectors/consistencyReceipt/wrong-signature.json", page_194, sizeof page_194},
    {"vectors/credential/county.json", page_195, sizeof page_195},
    {"vectors/credential/day-out-of-range.json", page_196, sizeof page_196},
    {"vectors/credential/depth-nine.json", page_197, sizeof page_197},
    {"vectors/credential/leftover.json", page_198, sizeof page_198},
    {"vectors/credential/lines-and-issuing.json", page_199, sizeof page_199},
    {"vectors/credential/lines-unsorted.json", page_200, sizeof page_200},
    {"vectors/credential/region-name.json", page_201, sizeof page_201},
    {"vectors/credential/takes-over.json", page_202, sizeof page_202},
    {"vectors/credential/unit-twice.json", page_203, sizeof page_203},
    {"vectors/credential/unknown-lineage.json", page_204, sizeof page_204},
    {"vectors/credential/version-two.json", page_205, sizeof page_205},
    {"vectors/cut/heads-unsorted.json", page_206, sizeof page_206},
    {"vectors/cut/leftover.json", page_207, sizeof page_207},
    {"vectors/cut/no-heads.json", page_208, sizeof page_208},
    {"vectors/cut/two-heads.json", page_209, sizeof page_209},
    {"vectors/evidence/after-a-rotation.json", page_210, sizeof page_210},
    {"vectors/evidence/key-of-a-stranger.json", page_211, sizeof page_211},
    {"vectors/evidence/larger-first.json", page_212, sizeof page_212},
    {"vectors/evidence/larger-identity-first.json", page_213, sizeof page_213},
    {"vectors/evidence/leftover.json", page_214, sizeof page_214},
    {"vectors/evidence/long-path.json", page_215, sizeof page_215},
    {"vectors/evidence/longer-path.json", page_216, sizeof page_216},
    {"vectors/evidence/no-path.json", page_217, sizeof page_217},
    {"vectors/evidence/one-checkpoint.json", page_218, sizeof page_218},
    {"vectors/evidence/one-log.json", page_219, sizeof page_219},
    {"vectors/evidence/one-root.json", page_220, sizeof page_220},
    {"vectors/evidence/one-size.json", page_221, sizeof page_221},
    {"vectors/evidence/other-key.json", page_222, sizeof page_222},
    {"vectors/evidence/other-network.json", page_223, sizeof page_223},
    {"vectors/evidence/other-path.json", page_224, sizeof page_224},
    {"vectors/evidence/path-of-one-size.json", page_225, sizeof page_225},
    {"vectors/evidence/power-of-two.json", page_226, sizeof page_226},
    {"vectors/evidence/sm3-left-off.json", page_227, sizeof page_227},
    {"vectors/evidence/sm3-one-log.json", page_228, sizeof page_228},
    {"vectors/evidence/sm3-one-size.json", page_229, sizeof page_229},
    {"vectors/evidence/sm3-two-sizes.json", page_230, sizeof page_230},
    {"vectors/evidence/two-epochs.json", page_231, sizeof page_231},
    {"vectors/evidence/two-networks.json", page_232, sizeof page_232},
    {"vectors/evidence/two-nodes.json", page_233, sizeof page_233},
    {"vectors/evidence/two-sizes.json", page_234, sizeof page_234},
    {"vectors/evidence/version-two.json", page_235, sizeof page_235},
    {"vectors/evidence/wrong-signature.json", page_236, sizeof page_236},
    {"vectors/feed/county-work.json", page_237, sizeof page_237},
    {"vectors/forkEvidence/after-a-rotation.json", page_238, sizeof page_238},
    {"vectors/forkEvidence/larger-identity-first.json", page_239, sizeof page_239},
    {"vectors/forkEvidence/leftover.json", page_240, sizeof page_240},
    {"vectors/forkEvidence/one-changeset.json", page_241, sizeof page_241},
    {"vectors/forkEvidence/other-key.json", page_242, sizeof page_242},
    {"vectors/forkEvidence/two-branches.json", page_243, sizeof page_243},
    {"vectors/forkEvidence/two-epochs.json", page_244, sizeof page_244},
    {"vectors/forkEvidence/two-networks.json", page_245, sizeof page_245},
    {"vectors/forkEvidence/two-partitions.json", page_246, sizeof page_246},
    {"vectors/forkEvidence/two-sequences.json", page_247, sizeof page_247},
    {"vectors/forkEvidence/version-two.json", page_248, sizeof page_248},
    {"vectors/forkEvidence/wrong-signature.json", page_249, sizeof page_249},
    {"vectors/genesis/province.json", page_250, sizeof page_250},
    {"vectors/heads/forked-feed.json", page_251, sizeof page_251},
    {"vectors/heads/twice.json", page_252, sizeof page_252},
    {"vectors/heads/unsorted.json", page_253, sizeof page_253},
    {"vectors/inclusion/beyond-the-log.json", page_254, sizeof page_254},
    {"vectors/inclusion/last-of-three.json", page_255, sizeof page_255},
    {"vectors/inclusion/long.json", page_256, sizeof page_256},
    {"vectors/inclusion/other-index.json", page_257, sizeof page_257},
    {"vectors/inclusion/other-root.json", page_258, sizeof page_258},
    {"vectors/inclusion/short.json", page_259, sizeof page_259},
    {"vectors/inclusion/sm3.json", page_260, sizeof page_260},
    {"vectors/inclusion/third-of-four.json", page_261, sizeof page_261},
    {"vectors/key/ed25519.json", page_262, sizeof page_262},
    {"vectors/key/extra-parameter.json", page_263, sizeof page_263},
    {"vectors/key/fewer-announced.json", page_264, sizeof page_264},
    {"vectors/key/leftover.json", page_265, sizeof page_265},
    {"vectors/key/not-reduced.json", page_266, sizeof page_266},
    {"vectors/key/off-curve.json", page_267, sizeof page_267},
    {"vectors/key/other-curve.json", page_268, sizeof page_268},
    {"vectors/key/p256.json", page_269, sizeof page_269},
    {"vectors/key/sm2.json", page_270, sizeof page_270},
    {"vectors/key/small-order.json", page_271, sizeof page_271},
    {"vectors/operation/decimal-exponent.json", page_272, sizeof page_272},
    {"vectors/operation/decimal-not-normal.json", page_273, sizeof page_273},
    {"vectors/operation/decimal-zero-with-exponent.json", page_274, sizeof page_274},
    {"vectors/operation/decimals.json", page_275, sizeof page_275},
    {"vectors/operation/decision.json", page_276, sizeof page_276},
    {"vectors/operation/deep-list.json", page_277, sizeof page_277},
    {"vectors/operation/epoch-short.json", page_278, sizeof page_278},
    {"vectors/operation/every-type.json", page_279, sizeof page_279},
    {"vectors/operation/field-class-three.json", page_280, sizeof page_280},
    {"vectors/operation/field-index-large.json", page_281, sizeof page_281},
    {"vectors/operation/field-index-zero.json", page_282, sizeof page_282},
    {"vectors/operation/field-twice.json", page_283, sizeof page_283},
    {"vectors/operation/fields-unsorted.json", page_284, sizeof page_284},
    {"vectors/operation/figure.json", page_285, sizeof page_285},
    {"vectors/operation/float.json", page_286, sizeof page_286},
    {"vectors/operation/indefinite-length.json", page_287, sizeof page_287},
    {"vectors/operation/integer.json", page_288, sizeof page_288},
    {"vectors/operation/leftover.json", page_289, sizeof page_289},
    {"vectors/operation/long-head.json", page_290, sizeof page_290},
    {"vectors/operation/long-list.json", page_291, sizeof page_291},
    {"vectors/operation/names-twice.json", page_292, sizeof page_292},
    {"vectors/operation/next-figure.json", page_293, sizeof page_293},
    {"vectors/operation/nine-items.json", page_294, sizeof page_294},
    {"vectors/operation/no-fields.json", page_295, sizeof page_295},
    {"vectors/operation/null-in-list.json", page_296, sizeof page_296},
    {"vectors/operation/other-tag.json", page_297, sizeof page_297},
    {"vectors/operation/personal-field.json", page_298, sizeof page_298},
    {"vectors/operation/sealed-in-list.json", page_299, sizeof page_299},
    {"vectors/operation/sealed-value.json", page_300, sizeof page_300},
    {"vectors/operation/seen-unsorted.json", page_301, sizeof page_301},
    {"vectors/operation/text-composed.json", page_302, sizeof page_302},
    {"vectors/operation/text-decomposed.json", page_303, sizeof page_303},
    {"vectors/operation/text-not-utf8.json", page_304, sizeof page_304},
    {"vectors/operation/too-many-fields.json", page_305, sizeof page_305},
    {"vectors/operation/truncated.json", page_306, sizeof page_306},
    {"vectors/operation/unit-name.json", page_307, sizeof page_307},
    {"vectors/operation/version-two.json", page_308, sizeof page_308},
    {"vectors/operation/withdrawn.json", page_309, sizeof page_309},
    {"vectors/operation/written-before-1970.json", page_310, sizeof page_310},
    {"vectors/partition/local.json", page_311, sizeof page_311},
    {"vectors/partition/policy-with-line.json", page_312, sizeof page_312},
    {"vectors/partition/policy.json", page_313, sizeof page_313},
    {"vectors/partition/work-of-a-line.json", page_314, sizeof page_314},
    {"vectors/partition/work.json", page_315, sizeof page_315},
    {"vectors/proof/by-the-root-key.json", page_316, sizeof page_316},
    {"vectors/proof/checkpoint-altered.json", page_317, sizeof page_317},
    {"vectors/proof/consistency.json", page_318, sizeof page_318},
    {"vectors/proof/credential-altered.json", page_319, sizeof page_319},
    {"vectors/proof/credential-missing.json", page_320, sizeof page_320},
    {"vectors/proof/credential-stray.json", page_321, sizeof page_321},
    {"vectors/proof/inclusion.json", page_322, sizeof page_322},
    {"vectors/proof/leftover.json", page_323, sizeof page_323},
    {"vectors/proof/of-the-county.json", page_324, sizeof page_324},
    {"vectors/proof/one-checkpoint.json", page_325, sizeof page_325},
    {"vectors/proof/other-changeset.json", page_326, sizeof page_326},
    {"vectors/proof/other-epoch.json", page_327, sizeof page_327},
    {"vectors/proof/other-key.json", page_328, sizeof page_328},
    {"vectors/proof/other-network.json", page_329, sizeof page_329},
    {"vectors/proof/other-path.json", page_330, sizeof page_330},
    {"vectors/proof/other-root.json", page_331, sizeof page_331},
    {"vectors/proof/other-size.json", page_332, sizeof page_332},
    {"vectors/proof/receipt-altered.json", page_333, sizeof page_333},
    {"vectors/proof/root-altered.json", page_334, sizeof page_334},
    {"vectors/proof/two-receipts.json", page_335, sizeof page_335},
    {"vectors/proof/version-two.json", page_336, sizeof page_336},
    {"vectors/receipt/beyond-an-envelope.json", page_337, sizeof page_337},
    {"vectors/receipt/checkpoint-before-rotation.json", page_338, sizeof page_338},
    {"vectors/receipt/checkpoint-of-a-stranger.json", page_339, sizeof page_339},
    {"vectors/receipt/long-proof.json", page_340, sizeof page_340},
    {"vectors/receipt/national-without-sm3-proof.json", page_341, sizeof page_341},
    {"vectors/receipt/national-wrong-sm3-proof.json", page_342, sizeof page_342},
    {"vectors/receipt/national.json", page_343, sizeof page_343},
    {"vectors/receipt/other-nodes-checkpoint.json", page_344, sizeof page_344},
    {"vectors/receipt/sm3-proof-without-root.json", page_345, sizeof page_345},
    {"vectors/receipt/two-heads.json", page_346, sizeof page_346},
    {"vectors/receipt/waiting-and-refused.json", page_347, sizeof page_347},
    {"vectors/receipt/wrong-proof.json", page_348, sizeof page_348},
    {"vectors/receipt/wrong-signature.json", page_349, sizeof page_349},
    {"vectors/record/cell-of-a-line.json", page_350, sizeof page_350},
    {"vectors/record/cell.json", page_351, sizeof page_351},
    {"vectors/record/credential.json", page_352, sizeof page_352},
    {"vectors/request/county.json", page_353, sizeof page_353},
    {"vectors/request/other-key.json", page_354, sizeof page_354},
    {"vectors/request/rotates.json", page_355, sizeof page_355},
    {"vectors/request/units-unsorted.json", page_356, sizeof page_356},
    {"vectors/request/version-two.json", page_357, sizeof page_357},
    {"vectors/root/first-with-previous.json", page_358, sizeof page_358},
    {"vectors/root/founding.json", page_359, sizeof page_359},
    {"vectors/root/key-twice.json", page_360, sizeof page_360},
    {"vectors/root/leftover.json", page_361, sizeof page_361},
    {"vectors/root/list-of-one.json", page_362, sizeof page_362},
    {"vectors/root/no-keys.json", page_363, sizeof page_363},
    {"vectors/root/nonce-short.json", page_364, sizeof page_364},
    {"vectors/root/number-skipped.json", page_365, sizeof page_365},
    {"vectors/root/other-algorithm.json", page_366, sizeof page_366},
    {"vectors/root/other-key.json", page_367, sizeof page_367},
    {"vectors/root/other-previous.json", page_368, sizeof page_368},
    {"vectors/root/other-type.json", page_369, sizeof page_369},
    {"vectors/root/second-by-new-key.json", page_370, sizeof page_370},
    {"vectors/root/second.json", page_371, sizeof page_371},
    {"vectors/root/signature-twice.json", page_372, sizeof page_372},
    {"vectors/root/signatures-unsorted.json", page_373, sizeof page_373},
    {"vectors/root/threshold-two.json", page_374, sizeof page_374},
    {"vectors/root/threshold-zero.json", page_375, sizeof page_375},
    {"vectors/root/two-contents.json", page_376, sizeof page_376},
    {"vectors/root/two-of-two.json", page_377, sizeof page_377},
    {"vectors/root/wrong-signature.json", page_378, sizeof page_378},
    {"vectors/sealed/257-receivers.json", page_379, sizeof page_379},
    {"vectors/sealed/altered-chunk.json", page_380, sizeof page_380},
    {"vectors/sealed/altered-first-of-two.json", page_381, sizeof page_381},
    {"vectors/sealed/altered-for-another.json", page_382, sizeof page_382},
    {"vectors/sealed/altered-length.json", page_383, sizeof page_383},
    {"vectors/sealed/altered-sm2-chunk.json", page_384, sizeof page_384},
    {"vectors/sealed/altered-tag.json", page_385, sizeof page_385},
    {"vectors/sealed/altered-wrapped.json", page_386, sizeof page_386},
    {"vectors/sealed/chunk-of-another-head.json", page_387, sizeof page_387},
    {"vectors/sealed/content-after-its-end.json", page_388, sizeof page_388},
    {"vectors/sealed/count-beyond.json", page_389, sizeof page_389},
    {"vectors/sealed/cut-behind-the-head.json", page_390, sizeof page_390},
    {"vectors/sealed/cut-in-a-chunk.json", page_391, sizeof page_391},
    {"vectors/sealed/cut-in-the-head.json", page_392, sizeof page_392},
    {"vectors/sealed/empty.json", page_393, sizeof page_393},
    {"vectors/sealed/five-items.json", page_394, sizeof page_394},
    {"vectors/sealed/hpke-key-by-sm2.json", page_395, sizeof page_395},
    {"vectors/sealed/last-not-said.json", page_396, sizeof page_396},
    {"vectors/sealed/length-below-least.json", page_397, sizeof page_397},
    {"vectors/sealed/length-beyond.json", page_398, sizeof page_398},
    {"vectors/sealed/length-not-padded.json", page_399, sizeof page_399},
    {"vectors/sealed/mixed-p256.json", page_400, sizeof page_400},
    {"vectors/sealed/mixed-sm2.json", page_401, sizeof page_401},
    {"vectors/sealed/mixed-x25519.json", page_402, sizeof page_402},
    {"vectors/sealed/no-receivers.json", page_403, sizeof page_403},
    {"vectors/sealed/not-for-this-key.json", page_404, sizeof page_404},
    {"vectors/sealed/other-name.json", page_405, sizeof page_405},
    {"vectors/sealed/other-suite.json", page_406, sizeof page_406},
    {"vectors/sealed/other-wrap-for-another.json", page_407, sizeof page_407},
    {"vectors/sealed/other-wrap.json", page_408, sizeof page_408},
    {"vectors/sealed/outline-leftover.json", page_409, sizeof page_409},
    {"vectors/sealed/p256.json", page_410, sizeof page_410},
    {"vectors/sealed/padding-not-zero.json", page_411, sizeof page_411},
    {"vectors/sealed/receiver-twice.json", page_412, sizeof page_412},
    {"vectors/sealed/receivers-unsorted.json", page_413, sizeof page_413},
    {"vectors/sealed/second-spelling.json", page_414, sizeof page_414},
    {"vectors/sealed/sm2-in-suite-one.json", page_415, sizeof page_415},
    {"vectors/sealed/sm2-receiver-left-out.json", page_416, sizeof page_416},
    {"vectors/sealed/sm2.json", page_417, sizeof page_417},
    {"vectors/sealed/suite-three.json", page_418, sizeof page_418},
    {"vectors/sealed/tag-short.json", page_419, sizeof page_419},
    {"vectors/sealed/the-other-receiver.json", page_420, sizeof page_420},
    {"vectors/sealed/trailing.json", page_421, sizeof page_421},
    {"vectors/sealed/two-chunks.json", page_422, sizeof page_422},
    {"vectors/sealed/two-receivers.json", page_423, sizeof page_423},
    {"vectors/sealed/version-two.json", page_424, sizeof page_424},
    {"vectors/sealed/wrap-three.json", page_425, sizeof page_425},
    {"vectors/sealed/wrapped-long.json", page_426, sizeof page_426},
    {"vectors/sealed/wrapped-short.json", page_427, sizeof page_427},
    {"vectors/sealed/x25519.json", page_428, sizeof page_428},
    {"vectors/sealedValue/altered-ciphertext.json", page_429, sizeof page_429},
    {"vectors/sealedValue/altered-sm2.json", page_430, sizeof page_430},
    {"vectors/sealedValue/altered-wrapped.json", page_431, sizeof page_431},
    {"vectors/sealedValue/empty.json", page_432, sizeof page_432},
    {"vectors/sealedValue/five-items.json", page_433, sizeof page_433},
    {"vectors/sealedValue/long-head.json", page_434, sizeof page_434},
    {"vectors/sealedValue/longer.json", page_435, sizeof page_435},
    {"vectors/sealedValue/no-value.json", page_436, sizeof page_436},
    {"vectors/sealedValue/not-padded.json", page_437, sizeof page_437},
    {"vectors/sealedValue/other-binding.json", page_438, sizeof page_438},
    {"vectors/sealedValue/other-epoch.json", page_439, sizeof page_439},
    {"vectors/sealedValue/other-field.json", page_440, sizeof page_440},
    {"vectors/sealedValue/other-key.json", page_441, sizeof page_441},
    {"vectors/sealedValue/other-number.json", page_442, sizeof page_442},
    {"vectors/sealedValue/other-receiver.json", page_443, sizeof page_443},
    {"vectors/sealedValue/other-record.json", page_444, sizeof page_444},
    {"vectors/sealedValue/other-unit.json", page_445, sizeof page_445},
    {"vectors/sealedValue/p256.json", page_446, sizeof page_446},
    {"vectors/sealedValue/padded-too-far.json", page_447, sizeof page_447},
    {"vectors/sealedValue/padding-not-zero.json", page_448, sizeof page_448},
    {"vectors/sealedValue/receiver-short.json", page_449, sizeof page_449},
    {"vectors/sealedValue/sealed-twice.json", page_450, sizeof page_450},
    {"vectors/sealedValue/sm2.json", page_451, sizeof page_451},
    {"vectors/sealedValue/suite-three.json", page_452, sizeof page_452},
    {"vectors/sealedValue/too-long.json", page_453, sizeof page_453},
    {"vectors/sealedValue/wrapped-of-another-suite.json", page_454, sizeof page_454},
    {"vectors/sealedValue/wrapped-of-suite-two.json", page_455, sizeof page_455},
    {"vectors/sealedValue/x25519.json", page_456, sizeof page_456},
    {"vectors/snapshot/by-a-stranger.json", page_457, sizeof page_457},
    {"vectors/snapshot/for-another.json", page_458, sizeof page_458},
    {"vectors/snapshot/head-twice.json", page_459, sizeof page_459},
    {"vectors/snapshot/heads-unsorted.json", page_460, sizeof page_460},
    {"vectors/snapshot/leftover.json", page_461, sizeof page_461},
    {"vectors/snapshot/local-partition.json", page_462, sizeof page_462},
    {"vectors/snapshot/other-checkpoint.json", page_463, sizeof page_463},
    {"vectors/snapshot/other-network.json", page_464, sizeof page_464},
    {"vectors/snapshot/other-type.json", page_465, sizeof page_465},
    {"vectors/snapshot/state-left-out.json", page_466, sizeof page_466},
    {"vectors/snapshot/state-of-nothing.json", page_467, sizeof page_467},
    {"vectors/snapshot/states-unsorted.json", page_468, sizeof page_468},
    {"vectors/snapshot/two-feeds.json", page_469, sizeof page_469},
    {"vectors/snapshot/version-two.json", page_470, sizeof page_470},
    {"vectors/snapshot/wrong-signature.json", page_471, sizeof page_471},
    {"vectors/summary/follows-and-names.json", page_472, sizeof page_472},
    {"vectors/summary/follows-as-number.json", page_473, sizeof page_473},
    {"vectors/summary/follows-nothing.json", page_474, sizeof page_474},
    {"vectors/summary/leftover-outside.json", page_475, sizeof page_475},
    {"vectors/summary/leftover.json", page_476, sizeof page_476},
    {"vectors/summary/long.json", page_477, sizeof page_477},
    {"vectors/summary/named.json", page_478, sizeof page_478},
    {"vectors/summary/no-changeset.json", page_479, sizeof page_479},
    {"vectors/summary/none.json", page_480, sizeof page_480},
    {"vectors/summary/other-length.json", page_481, sizeof page_481},
    {"vectors/summary/two-items.json", page_482, sizeof page_482},
    {"vectors/summary/two.json", page_483, sizeof page_483},
    {"vectors/tree/of-0.json", page_484, sizeof page_484},
    {"vectors/tree/of-1.json", page_485, sizeof page_485},
    {"vectors/tree/of-2.json", page_486, sizeof page_486},
    {"vectors/tree/of-3.json", page_487, sizeof page_487},
    {"vectors/tree/of-4.json", page_488, sizeof page_488},
    {"vectors/tree/sm3-of-0.json", page_489, sizeof page_489},
    {"vectors/tree/sm3-of-1.json", page_490, sizeof page_490},
    {"vectors/tree/sm3-of-3.json", page_491, sizeof page_491},
    {"vectors/wire/answer-leftover.json", page_492, sizeof page_492},
    {"vectors/wire/answer-on-plain-http.json", page_493, sizeof page_493},
    {"vectors/wire/answer-short-binding.json", page_494, sizeof page_494},
    {"vectors/wire/answer-short-signature.json", page_495, sizeof page_495},
    {"vectors/wire/answer.json", page_496, sizeof page_496},
    {"vectors/wire/challenge-as-session.json", page_497, sizeof page_497},
    {"vectors/wire/challenge-leftover.json", page_498, sizeof page_498},
    {"vectors/wire/challenge-short-nonce.json", page_499, sizeof page_499},
    {"vectors/wire/challenge-version-two.json", page_500, sizeof page_500},
    {"vectors/wire/challenge.json", page_501, sizeof page_501},
    {"vectors/wire/error-fact-twice.json", page_502, sizeof page_502},
    {"vectors/wire/error-facts-unsorted.json", page_503, sizeof page_503},
    {"vectors/wire/error-leftover.json", page_504, sizeof page_504},
    {"vectors/wire/error-long-name.json", page_505, sizeof page_505},
    {"vectors/wire/error-long-value.json", page_506, sizeof page_506},
    {"vectors/wire/error-nine-facts.json", page_507, sizeof page_507},
    {"vectors/wire/error.json", page_508, sizeof page_508},
    {"vectors/wire/from-beyond.json", page_509, sizeof page_509},
    {"vectors/wire/from-leftover.json", page_510, sizeof page_510},
    {"vectors/wire/from-negative.json", page_511, sizeof page_511},
    {"vectors/wire/from.json", page_512, sizeof page_512},
    {"vectors/wire/greet-leftover.json", page_513, sizeof page_513},
    {"vectors/wire/greet-long-signature.json", page_514, sizeof page_514},
    {"vectors/wire/greet-short-state.json", page_515, sizeof page_515},
    {"vectors/wire/greet-without-state.json", page_516, sizeof page_516},
    {"vectors/wire/greet.json", page_517, sizeof page_517},
    {"vectors/wire/heads-end.json", page_518, sizeof page_518},
    {"vectors/wire/heads-leftover.json", page_519, sizeof page_519},
    {"vectors/wire/heads-short-heard.json", page_520, sizeof page_520},
    {"vectors/wire/heads-unsorted.json", page_521, sizeof page_521},
    {"vectors/wire/heads.json", page_522, sizeof page_522},
    {"vectors/wire/page-65-notes.json", page_523, sizeof page_523},
    {"vectors/wire/page-beyond.json", page_524, sizeof page_524},
    {"vectors/wire/page-leftover.json", page_525, sizeof page_525},
    {"vectors/wire/page-long-code.json", page_526, sizeof page_526},
    {"vectors/wire/page-long-fact.json", page_527, sizeof page_527},
    {"vectors/wire/page-note-of-one.json", page_528, sizeof page_528},
    {"vectors/wire/page.json", page_529, sizeof page_529},
    {"vectors/wire/plan-as-from.json", page_530, sizeof page_530},
    {"vectors/wire/plan-beyond.json", page_531, sizeof page_531},
    {"vectors/wire/plan-leftover.json", page_532, sizeof page_532},
    {"vectors/wire/plan-negative.json", page_533, sizeof page_533},
    {"vectors/wire/plan.json", page_534, sizeof page_534},
    {"vectors/wire/session-leftover.json", page_535, sizeof page_535},
    {"vectors/wire/session-quiet.json", page_536, sizeof page_536},
    {"vectors/wire/session-short-token.json", page_537, sizeof page_537},
    {"vectors/wire/session.json", page_538, sizeof page_538},
    {"verify.py", page_539, sizeof page_539},
};
