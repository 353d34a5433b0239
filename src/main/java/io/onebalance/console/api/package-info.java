/// The key API: what scripts look after keys with. JSON in and out, strict about both.
@NullMarked
package io.onebalance.console.api;

import org.jspecify.annotations.NullMarked;
