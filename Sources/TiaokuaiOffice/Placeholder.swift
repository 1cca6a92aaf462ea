enum PlaceholderOffice {}
