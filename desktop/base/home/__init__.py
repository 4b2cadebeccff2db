"""Where Carnet keeps its things on this computer: folders, settings, the notebooks."""
