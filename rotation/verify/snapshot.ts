/** What was read of the objects of one consumer. Times are as the API server writes them: RFC 3339 in UTC. */
export interface ConsumerSnapshot {
    /** Absent where nothing is synced. */
    readonly externalSecret: Seen<SeenExternalSecret> | undefined;
    readonly secret: Seen<SeenSecret>;
    /** Absent when it was not asked for. */
    readonly workload: Seen<SeenWorkload> | undefined;
}

/** An object that was read, that is not there, or that could not be read. */
export type Seen<T> =
    | { readonly is: "found"; readonly object: T }
    | { readonly is: "missing" }
    | {
          readonly is: "unread";
          readonly why: string;
          /** The server knows who asks, and refuses it to them. */
          readonly isForbidden: boolean;
      };

/** By stored field, as the annotation says: `shop/jwt.key_next`. */
export type SeenGenerations = ReadonlyMap<string, number>;

export interface SeenExternalSecret {
    readonly generations: SeenGenerations;
    readonly isReady: boolean;
    /** The operator's one-word reason, such as `SecretSyncedError`; its message is left out, since it quotes stores. */
    readonly reason: string | undefined;
    /** When it became ready, or ceased to be. */
    readonly readySince: string | undefined;
    /** Whether the last sync that succeeded was one of what the object says now. */
    readonly isSynced: boolean;
    /** When that was. */
    readonly refreshed: string | undefined;
}

export interface SeenSecret {
    readonly generations: SeenGenerations;
    /** The last time that somebody changed something of it; a refresh that changes nothing does not count. */
    readonly changed: string | undefined;
}

export interface SeenWorkload {
    /** How many pods there should be; undefined for a CronJob. */
    readonly replicas: number | undefined;
    /** Those that run, start or leave. */
    readonly pods: readonly SeenPod[];
}

export interface SeenPod {
    readonly name: string;
    readonly generations: SeenGenerations;
    readonly created: string;
}
