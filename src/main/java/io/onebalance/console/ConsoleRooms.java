package io.onebalance.console;

import io.onebalance.access.Grants;
import io.onebalance.access.limit.Spendings;
import io.onebalance.console.api.Trials;
import io.onebalance.console.live.Live;
import io.onebalance.console.pages.house.SettingLine;
import io.onebalance.key.pool.Pools;
import io.onebalance.key.why.Whys;
import io.onebalance.provider.Catalogue;
import io.onebalance.provider.Way;
import io.onebalance.store.history.History;
import io.onebalance.store.issue.IssuedKeys;
import io.onebalance.store.keyring.Keyring;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The rooms the console works with. What settings may change is asked for anew at each visit.
/// Without trials the routes that test keys do not exist.
public record ConsoleRooms(
    Supplier<Grants> grants,
    Supplier<Catalogue> catalogue,
    Supplier<Way> way,
    Keyring keyring,
    Pools pools,
    IssuedKeys issued,
    Spendings spendings,
    History history,
    Live live,
    Supplier<List<SettingLine>> settings,
    Optional<Trials> trials,
    Whys whys) {}
