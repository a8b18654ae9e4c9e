import { parseGenerations } from "../../components/domain/rotation/stamp";
import {
    ENCRYPTION_TYPES,
    encryptionConfigurations,
    ETCD_ENCRYPTION,
    providersOfSecrets,
    type Provider,
} from "../reading/etcd";
import { liveGenerations } from "../reading/generations";
import type { Property } from "../reading/property";
import { NOT_APPLICABLE, each, violation, type Checked, type Finding, type ResourceRule } from "../rule";

/** Where the entry of a store, beside the document itself, says which generations are in it. */
const STAMPS: ReadonlyMap<string, readonly string[]> = new Map([
    ["vault:kv/secretV2:SecretV2", ["customMetadata", "data", "generations"]],
    ["aws:ssm/parameter:Parameter", ["tags", "generations"]],
]);

/** Next, current and previous. */
const MOST_LIVE = 3;

/**
 * A rotation of the key adds it as second, promotes it, rewrites all Secrets and only then removes the old one. One
 * rendering shows where it stands: the key that writes is the current generation's, an announced one is there and does
 * not write, and the previous one is there for as long as the ledger has it, which is until the rewrite was proved.
 * The component declares the ledger's generations beside the document; an entry of a store that holds a document has
 * them in its stamp. Where neither is at hand, as with a version of AWS or GCP, only the document itself is judged.
 *
 * That a step follows from the one before it is not seen here. `rotate check --base` compares the ledgers, refuses a
 * leap and an end without the proof, and refuses another provider for a generation that lives. It runs on each pull
 * request; this rule holds what is rendered to the ledger that was judged there.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ENC-04",
    name: "enc-04-etcd-keys-follow-the-ledger",
    description: "An EncryptionConfiguration writes with the current key and keeps every live one.",
    severity: "high",
    remediationSteps: "Take the steps with 'npm run rotate': add second, promote, rewrite, remove.",
    url: "https://kubernetes.io/docs/tasks/administer-cluster/encrypt-data/#rotating-a-decryption-key",
    peers: [],
    types: ENCRYPTION_TYPES,
    check,
};

function check(resource: Checked): readonly Finding[] | typeof NOT_APPLICABLE {
    const configurations = encryptionConfigurations(resource);
    if (configurations.length === 0) return NOT_APPLICABLE;
    return each(configurations, (configuration) => {
        const providers = providersOfSecrets(configuration) ?? [];
        // A KMS has generations of its own, behind one name.
        if (providers[0]?.kind === "kms") return [];
        const keys = providers.flatMap(keysOf);
        const live = generationsOf(resource);
        return [...checkKeys(keys), ...(live === undefined ? [] : checkLive(live, keys, configuration))];
    });
}

interface Key {
    readonly at: Property;
    readonly name: string;
}

function keysOf({ at, kind = "" }: Provider): Key[] {
    const keys = at.at(kind, "keys").items();
    return keys.map((key) => ({ at: key.at("name"), name: key.at("name").text() ?? "" }));
}

interface Live {
    readonly at: Property;
    /** The current one first. */
    readonly generations: readonly number[];
}

/** Undefined where nothing but the document can say it. */
function generationsOf({ type, props }: Checked): Live | undefined {
    if (type === ETCD_ENCRYPTION) {
        const at = props.at("generations");
        return { at, generations: liveGenerations(at) };
    }
    const path = STAMPS.get(type);
    if (path === undefined) return undefined;
    const at = props.at(...path);
    const stamped = [...parseGenerations(`document: ${at.text() ?? ""}`)];
    const isCurrent = ([field]: [string, number]): boolean => !/_(?:next|previous)$/.test(field);
    const sorted = [...stamped.filter(isCurrent), ...stamped.filter((each) => !isCurrent(each))];
    return { at, generations: sorted.map(([, generation]) => generation) };
}

/** What no document may have, whatever the step. */
function checkKeys(keys: readonly Key[]): Finding[] {
    const seen = new Set<string>();
    const twice = keys.filter(({ name }) => seen.has(name) || !seen.add(name));
    const fix = "Begin a rotation; the new generation may have another provider";
    return [
        ...twice.map(({ at }) =>
            violation(at, "is the name of a key before it, of one provider or another", fix),
        ),
        ...keys
            .slice(MOST_LIVE)
            .map(({ at }) => violation(at, "is one key too many for any step", "Remove what is not in use")),
    ];
}

function checkLive({ at, generations }: Live, keys: readonly Key[], configuration: Property): Finding[] {
    const [current] = generations;
    if (current === undefined) {
        const fix = "Declare it with the component, from the ledger";
        return [violation(at, "does not say which generations live", fix)];
    }
    const wanted = generations.map((generation) => `g${generation}`);
    const names = keys.map(({ name }) => name);
    const [first] = keys;
    const back = "Put it back: it goes once the ledger says that all Secrets were written anew";
    return [
        ...wanted
            .filter((name) => !names.includes(name))
            .map((name) => violation(configuration, `has no key ${name}, whose generation is live`, back)),
        ...keys
            .filter(({ name }) => !wanted.includes(name))
            .map((key) =>
                violation(
                    key.at,
                    "is a key whose generation does not live",
                    "Announce it in the ledger first",
                ),
            ),
        ...(first === undefined || !wanted.includes(first.name) || first.name === wanted[0]
            ? []
            : [
                  violation(
                      first.at,
                      "writes and is not the current generation",
                      "Promote it in the ledger first",
                  ),
              ]),
    ];
}
