/// Requests of the Responses dialect, read from clients and written for providers.
@NullMarked
package io.onebalance.dialect.responses.request;

import org.jspecify.annotations.NullMarked;
