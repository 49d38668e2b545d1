"""How a clip looks: recipes, brand, captions, cards, and where everything stands."""
