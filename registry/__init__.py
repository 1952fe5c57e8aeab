"""The Netzwerkregister: a regional integration-network registry and coordination service."""
