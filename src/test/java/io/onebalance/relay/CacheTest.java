package io.onebalance.relay;

/// An equal request is answered from memory where the operator, or the request, wants it.
class CacheTest {}
