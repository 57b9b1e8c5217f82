"""The marking folder: where everything of it stands, who is in it, and its gradebook."""
