"""Every sentence in other languages, as gettext catalogs; English stands in for what is missing."""
