"""How the reader's model is made: data, training, weights. Never imported by the product."""
