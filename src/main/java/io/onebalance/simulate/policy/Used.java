package io.onebalance.simulate.policy;

import io.onebalance.key.quota.gauge.Need;

/// A request that was made with a key, as instances tell each other.
record Used(String keyId, String model, Need need) {}
