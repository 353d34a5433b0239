/// What addresses a host's name stands for, how long that is believed, and which of them a public
/// name may stand for. It knows no connection.
@NullMarked
package io.onebalance.upstream.name;

import org.jspecify.annotations.NullMarked;
