package io.onebalance.console.pages.house;

import io.onebalance.access.Grants;
import io.onebalance.access.limit.Spendings;
import io.onebalance.provider.Catalogue;
import io.onebalance.store.issue.IssuedKeys;
import java.time.InstantSource;
import java.util.function.Supplier;

/// What the pages of gateway keys work with.
public record GatewayRooms(
    Supplier<Grants> grants,
    Supplier<Catalogue> catalogue,
    IssuedKeys issued,
    Spendings spendings,
    InstantSource clock) {}
