const base64 = (bytes: string): string => Buffer.from(bytes, "latin1").toString("base64");

/** What `etcdctl get --prefix --write-out=json` prints of keys and values; a character stands for a byte. */
export function etcdAnswer(entries: readonly (readonly [key: string, value: string])[]): string {
    const kvs = entries.map(([key, value], at) => ({
        key: base64(key),
        create_revision: at + 2,
        mod_revision: at + 2,
        version: 1,
        // Go leaves out what is empty.
        ...(value === "" ? {} : { value: base64(value) }),
    }));
    const header =
        '{"cluster_id":14841639068965178418,"member_id":10276657743932975437,"revision":9,"raft_term":2}';
    const rest = kvs.length === 0 ? "" : `,"kvs":${JSON.stringify(kvs)},"count":${String(kvs.length)}`;
    return `{"header":${header}${rest}}\n`;
}

/** A text as it comes in from a file. */
export async function* inChunks(chunks: Iterable<string>): AsyncGenerator<string> {
    for (const chunk of chunks) {
        await Promise.resolve();
        yield chunk;
    }
}
