"""Everything of Pilote Bilan below its pages: a small kernel and one package for each part of the pilot."""
