"""Days and hours: as French writes them, as people type them, as the vault stores them."""
