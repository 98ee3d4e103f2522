"""How the French pipeline is made: takes the corpora, gives `kg/lang/fr/model/`."""
