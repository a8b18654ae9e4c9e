import type { FieldStatus } from "../rotation/status";
import type { ExpectedConsumer } from "../rotation/verify/expected";
import type { ConsumerSnapshot, Seen } from "../rotation/verify/snapshot";
import type { StoreTarget } from "./stores";

/**
 * All that the checks look at. Nothing in it is a value of a secret: of what others issued it says whether it is set,
 * and of an address of keys what is wrong with its form.
 */
export interface Facts {
    readonly stack: string;
    /** The time that it is: RFC 3339 in UTC. */
    readonly now: string;
    /** What the project's own checks refuse; where the program failed, nothing below is known. */
    readonly refused: readonly RefusedConfiguration[];
    readonly isRendered: boolean;
    readonly values: readonly IssuedValue[];
    /** Of fields that the chosen documents have. */
    readonly rotation: readonly FieldStatus[];
    readonly consumers: readonly ConsumerFacts[];
    readonly documents: readonly DocumentFacts[];
    readonly keys: readonly KeyAddress[];
}

export interface RefusedConfiguration {
    readonly place: string;
    readonly message: string;
    readonly fix?: string | undefined;
}

/** A field that somebody else issues. */
export interface IssuedValue {
    /** `yosai/auth0.domain` */
    readonly field: string;
    /** `sealed`: it is encrypted, and there was no passphrase to look at it. */
    readonly state: "set" | "missing" | "sealed";
    readonly isRequired: boolean;
    readonly issuer: string | undefined;
    /** The command that sets it, which asks for it without an echo. */
    readonly command: string;
}

/** A document as the stack declares it, and what its store says of it. */
export interface DocumentFacts {
    /** `devplatform/db` */
    readonly id: string;
    readonly target: StoreTarget;
    readonly seen: Seen<StoredEntry>;
}

/** What a store says of an entry, without its value. */
export interface StoredEntry {
    /** It is on its way out, and its name is blocked until then. */
    readonly isDeleted: boolean;
    /** A version that readers get; undefined when the store did not say. */
    readonly hasValue: boolean | undefined;
}

/** A consumer as the stack declares it, and what its cluster says. */
export interface ConsumerFacts {
    /** `devplatform/backend` */
    readonly id: string;
    readonly cluster: string;
    /** The kubectl context to read that cluster with. */
    readonly context: string;
    readonly namespace: string;
    readonly serviceAccount: string;
    /** `Deployment/backend` */
    readonly workload: string;
    /** What the stores know its service account by, as the stack annotates it. */
    readonly annotations: Readonly<Record<string, string>>;
    readonly syncs: readonly DeclaredSync[];
    readonly documents: readonly string[];
    /** Documents that it declares to read and can't, or may be unable to, by evaluating the grants. */
    readonly unreadable: readonly {
        readonly message: string;
        readonly fix: string;
        readonly isSure: boolean;
    }[];
    /** Secrets of the cluster that it reads, with the keys that have to be in them. */
    readonly secrets: readonly { readonly name: string; readonly keys: readonly string[] }[];
    /** Absent where it reads nothing with an entry in the ledger. */
    readonly expected: ExpectedConsumer | undefined;
    readonly seen: SeenConsumer;
}

/** An ExternalSecret and its SecretStore, as declared. */
export interface DeclaredSync {
    readonly name: string;
    readonly secretName: string;
    readonly storeName: string | undefined;
    /** As Go writes durations: `1h`. */
    readonly refreshInterval: string;
    /** By variable, where it is read from: `devplatform/prod/db#url`. */
    readonly reads: Readonly<Record<string, string>>;
    /** The provider block, flattened: `aws.region` to `us-east-1`. */
    readonly provider: Readonly<Record<string, string>>;
}

/** What was seen of a consumer's objects. By name, where there may be several. */
export interface SeenConsumer {
    readonly syncs: Readonly<Record<string, Seen<SeenSync>>>;
    readonly stores: Readonly<Record<string, Seen<SeenStore>>>;
    readonly serviceAccount: Seen<{ readonly annotations: Readonly<Record<string, string>> }>;
    readonly secrets: Readonly<Record<string, Seen<SeenKeys>>>;
    /** Of its whole namespace. */
    readonly events: Seen<readonly SeenEvent[]>;
    /** What verify needs, and reads. */
    readonly snapshot: ConsumerSnapshot | undefined;
}

export interface SeenCondition {
    readonly status: string;
    readonly reason: string | undefined;
    readonly message: string | undefined;
    readonly since: string | undefined;
}

export interface SeenSync {
    readonly ready: SeenCondition | undefined;
    readonly refreshed: string | undefined;
    /** Whether the last sync that succeeded was one of what the object says now; undefined when it does not say. */
    readonly isSynced: boolean | undefined;
    readonly refreshInterval: string | undefined;
    readonly secretName: string | undefined;
    readonly storeName: string | undefined;
    readonly reads: Readonly<Record<string, string>>;
}

export interface SeenStore {
    readonly ready: SeenCondition | undefined;
    readonly provider: Readonly<Record<string, string>>;
}

/** The keys of a Secret by the names that its managers own; undefined when the API server does not tell them. */
export interface SeenKeys {
    readonly keys: readonly string[] | undefined;
}

export interface SeenEvent {
    readonly kind: string;
    readonly name: string;
    readonly isWarning: boolean;
    readonly reason: string;
    readonly message: string;
    /** When it last happened. */
    readonly at: string;
}

/** A setting that says where the keys of a token issuer are published. */
export interface KeyAddress {
    /** `estuary/auth.jwks_urls` or `estuary: jwks_url` */
    readonly setting: string;
    readonly isRequired: boolean;
    readonly state: IssuedValue["state"];
    /** One for each address in the setting; none unless it is set and could be looked at. */
    readonly addresses: readonly AddressFacts[];
    readonly command: string;
}

/** An address, told by its place in the setting alone: it may hold credentials. */
export interface AddressFacts {
    /** What is wrong with its form, as the end of a sentence ("it …"). */
    readonly faults: readonly AddressFault[];
    readonly seen: Seen<FetchedKeys>;
}

export interface AddressFault {
    readonly message: string;
    readonly isGrave: boolean;
}

/** What came from an address, and no key of it. */
export type FetchedKeys =
    | { readonly is: "keys"; readonly count: number }
    | { readonly is: "other"; readonly what: string; readonly cause: string };
