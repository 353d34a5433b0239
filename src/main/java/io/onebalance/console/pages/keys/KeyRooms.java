package io.onebalance.console.pages.keys;

import io.onebalance.console.api.ProviderNames;
import io.onebalance.key.pool.Pools;
import io.onebalance.store.keyring.Keyring;
import java.time.InstantSource;

/// What the pages of keys work with. `tests` tells whether keys can be tried out.
public record KeyRooms(
    ProviderNames names, Keyring keyring, Pools pools, InstantSource clock, boolean tests) {}
