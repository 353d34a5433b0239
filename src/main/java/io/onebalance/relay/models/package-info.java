/// The list of all models that a caller may use: the virtual ones, and those that each provider
/// tells.
@NullMarked
package io.onebalance.relay.models;

import org.jspecify.annotations.NullMarked;
