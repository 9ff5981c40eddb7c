/**
 * The data sets that the command knows: where they are looked for, how they are read, and how they are fetched.
 *
 * <p>{@link dev.lanes.cli.data.DataSources} only looks at this machine; {@link dev.lanes.cli.data.DataFetcher}, which
 * is only ever called when the user asks for it, fetches packages with the ordinary client of their registry and trusts
 * nothing but their SHA-256.
 */
package dev.lanes.cli.data;
