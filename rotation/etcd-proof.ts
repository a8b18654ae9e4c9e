import { encryptionKeyName, providerOf } from "../components/domain/encryption-key";
import type { EncryptionProviders } from "../components/domain/encryption-key";
import type { Generations } from "../components/domain/rotation/stages";
import { etcdEntries } from "./etcd-range";
import type { EtcdEntry } from "./etcd-range";

/** How a value stands in etcd. What does not say so in a way that is known counts as unknown. */
export type StoredUnder =
    | { readonly kind: "key"; readonly provider: string; readonly key: string }
    | { readonly kind: "plain" }
    | { readonly kind: "unknown" };

/** What the Secrets in etcd are encrypted with: numbers, and neither a value nor the name of a Secret. */
export interface StoredSecrets {
    /** How many stand under each key, by provider and name: `secretbox g2`. */
    readonly byKey: ReadonlyMap<string, number>;
    readonly plain: number;
    readonly unknown: number;
    /** Entries of other resources, which are not judged. */
    readonly others: number;
}

/** `/registry/secrets/<namespace>/<name>`; the first part is the API server's `--etcd-prefix`. */
const SECRET_PATH = /^\/[^/]+\/secrets\/[^/]+\/[^/]+$/;
/** What API servers write before a value; the name of the key, or of the KMS plugin, ends with the colon. */
const ENCRYPTED = /^k8s:enc:(?:(secretbox|aescbc|aesgcm):v1|(kms):v[12]):([A-Za-z0-9._-]{1,253}):/;
const CLAIMS_ENCRYPTION = "k8s:enc:";
/** An object that was not encrypted: Kubernetes' protobuf envelope, or JSON. */
const PLAIN = /^(?:k8s\0|\{)/;

/**
 * @param head the beginning of the value, a character for each byte.
 * @see k8s.io/apiserver, server/options/encryptionconfig: the prefixes of the transformers.
 */
export function storedUnder(head: string): StoredUnder {
    const [, own, kms, key] = ENCRYPTED.exec(head) ?? [];
    const provider = own ?? kms;
    if (provider !== undefined && key !== undefined) return { kind: "key", provider, key };
    return { kind: !head.startsWith(CLAIMS_ENCRYPTION) && PLAIN.test(head) ? "plain" : "unknown" };
}

/**
 * Counts what `etcdctl get /registry/secrets/ --prefix --write-out=json` printed.
 *
 * @throws {MalformedJson} when it is not that, or not all of it.
 */
export async function countStoredSecrets(chunks: AsyncIterable<string>): Promise<StoredSecrets> {
    const byKey = new Map<string, number>();
    let [plain, unknown, others] = [0, 0, 0];
    for await (const entry of etcdEntries(chunks)) {
        if (!SECRET_PATH.test(decode(entry.key))) {
            others++;
            continue;
        }
        const found = storedUnder(decode(entry.value));
        if (found.kind === "plain") plain++;
        else if (found.kind === "unknown") unknown++;
        else {
            const id = `${found.provider} ${found.key}`;
            byKey.set(id, (byKey.get(id) ?? 0) + 1);
        }
    }
    return { byKey, plain, unknown, others };
}

const decode = (base64: EtcdEntry["value"]): string => Buffer.from(base64 ?? "", "base64").toString("latin1");

/** Whether a key may go. */
export interface RewriteProof {
    /** Every Secret in etcd stands under the current key. False where there is no Secret at all. */
    readonly isProven: boolean;
    readonly secrets: number;
    /** How many stand how; what is left first. */
    readonly counts: readonly {
        /** `secretbox g2`; `not encrypted`; `in a way that is not known`. */
        readonly under: string;
        readonly secrets: number;
        readonly isLeft: boolean;
    }[];
    /** Secrets that are not under the current key. */
    readonly left: number;
    /** Those that could not be read any more without the previous key. */
    readonly needPrevious: number;
}

/**
 * Judges whether nothing in etcd needs the previous key any more. It is strict: a Secret under any other key than the
 * current one was not written anew, whatever reads it, so the rewrite has not been through.
 *
 * It says how things stood when etcd answered. That they stay so is the ledger's: nobody encrypts with the previous key
 * any more from the day on which the rewrite may begin.
 */
export function proveRewrite(
    { byKey, plain, unknown }: StoredSecrets,
    providers: EncryptionProviders,
    { current, previous }: Generations,
): RewriteProof {
    const idOf = (generation: number): string =>
        `${providerOf(providers, generation)} ${encryptionKeyName(generation)}`;
    const wanted = idOf(current.generation);
    const counts = [
        ...[...byKey].map(([under, secrets]) => ({ under, secrets, isLeft: under !== wanted })),
        { under: "not encrypted", secrets: plain, isLeft: true },
        { under: "in a way that is not known", secrets: unknown, isLeft: true },
    ]
        .filter(({ secrets }) => secrets > 0)
        .sort((a, b) => Number(b.isLeft) - Number(a.isLeft) || (a.under < b.under ? -1 : 1));
    const sum = (of: typeof counts): number => of.reduce((total, { secrets }) => total + secrets, 0);
    const secrets = sum(counts);
    const left = sum(counts.filter(({ isLeft }) => isLeft));
    const needPrevious = previous === undefined ? 0 : (byKey.get(idOf(previous.generation)) ?? 0);
    return { isProven: secrets > 0 && left === 0, secrets, counts, left, needPrevious };
}
