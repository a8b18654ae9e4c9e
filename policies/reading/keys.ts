import type { Facts } from "../facts";
import type { CheckedInStack } from "../rule";
import { parseArn } from "./iam";
import type { Property } from "./property";
import { isOurPlace, speaksOfAnotherEnvironment } from "./scope";

export const AWS_KEYS = [
    "aws:kms/key:Key",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
] as const;
export const GCP_KEY = "gcp:kms/cryptoKey:CryptoKey";
const KEY_RING = "gcp:kms/keyRing:KeyRing";

/** What a value may be computed from to be one of the stack's own keys. */
const OWN: ReadonlySet<string> = new Set([...AWS_KEYS, "aws:kms/alias:Alias", GCP_KEY, KEY_RING]);

/** Where resources name a key; `[]` stands for each item of a list. */
export const KEY_PATHS: ReadonlyMap<string, readonly (readonly string[])[]> = new Map([
    ["aws:secretsmanager/secret:Secret", [["kmsKeyId"], ["replicas", "[]", "kmsKeyId"]]],
    ["aws:ssm/parameter:Parameter", [["keyId"]]],
    ["aws:kms/alias:Alias", [["targetKeyId"]]],
    ["aws:kms/replicaKey:ReplicaKey", [["primaryKeyArn"]]],
    ["aws:kms/grant:Grant", [["keyId"]]],
    ["aws:kms/keyPolicy:KeyPolicy", [["keyId"]]],
    ["aws:eks/cluster:Cluster", [["encryptionConfig", "provider", "keyArn"]]],
    ["aws:cloudwatch/logGroup:LogGroup", [["kmsKeyId"]]],
    ["aws:cloudtrail/trail:Trail", [["kmsKeyId"]]],
    ["aws:sns/topic:Topic", [["kmsMasterKeyId"]]],
    ["aws:sqs/queue:Queue", [["kmsMasterKeyId"]]],
    [
        "gcp:secretmanager/secret:Secret",
        [
            ["replication", "auto", "customerManagedEncryption", "kmsKeyName"],
            ["replication", "userManaged", "replicas", "[]", "customerManagedEncryption", "kmsKeyName"],
        ],
    ],
    ["gcp:secretmanager/regionalSecret:RegionalSecret", [["customerManagedEncryption", "kmsKeyName"]]],
    ["gcp:container/cluster:Cluster", [["databaseEncryption", "keyName"]]],
    ["gcp:pubsub/topic:Topic", [["kmsKeyName"]]],
    [GCP_KEY, [["keyRing"]]],
    ...[
        "cryptoKeyIAMMember:CryptoKeyIAMMember",
        "cryptoKeyIAMBinding:CryptoKeyIAMBinding",
        "cryptoKeyIAMPolicy:CryptoKeyIAMPolicy",
    ].map((type): [string, string[][]] => [`gcp:kms/${type}`, [["cryptoKeyId"]]]),
    ...[
        "keyRingIAMMember:KeyRingIAMMember",
        "keyRingIAMBinding:KeyRingIAMBinding",
        "keyRingIAMPolicy:KeyRingIAMPolicy",
    ].map((type): [string, string[][]] => [`gcp:kms/${type}`, [["keyRingId"]]]),
]);

export interface KeyReference {
    readonly at: Property;
    /** The property of the resource that it is a part of: dependencies are known of these. */
    readonly property: string;
}

/** The keys that a resource names. What is absent names none; an unknown part stands for all below it. */
export function keyReferences({ type, props }: CheckedInStack): readonly KeyReference[] {
    // A parameter in plain text has no key, and what the cloud then says of it is not known beforehand.
    if (type === "aws:ssm/parameter:Parameter" && isPlain(props.at("type"))) return [];
    return (KEY_PATHS.get(type) ?? []).flatMap((path) =>
        follow(props, path).map((at) => ({ at, property: path[0] ?? "" })),
    );
}

function isPlain(type: Property): boolean {
    return !type.isUnknown && type.text() !== "SecureString";
}

function follow(from: Property, [step, ...rest]: readonly string[]): readonly Property[] {
    if (from.isUnknown) return [from];
    if (step === undefined) return from.isAbsent || from.text() === "" ? [] : [from];
    if (step === "[]") return from.itemsOrUnknown().flatMap((item) => follow(item, rest));
    return follow(from.at(step), rest);
}

/** The names of keys that a stack declares itself, as far as they are known. */
interface OwnKeys {
    readonly names: ReadonlySet<string>;
    readonly unnamed: ReadonlySet<string>;
}

const ownKeys = new WeakMap<readonly CheckedInStack[], OwnKeys>();

/** Asked for each resource of a stack, and read once. */
function ownKeysOf(stack: readonly CheckedInStack[]): OwnKeys {
    const known = ownKeys.get(stack);
    if (known !== undefined) return known;
    const names = new Set<string>();
    const unnamed = new Set<string>();
    for (const { type, urn, props } of stack) {
        if (!(AWS_KEYS as readonly string[]).includes(type)) continue;
        for (const name of ["arn", "keyId"]) {
            const property = props.at(name);
            const text = property.isUnknown ? undefined : property.text();
            if (text === undefined) unnamed.add(urn);
            else names.add(text);
        }
    }
    const found = { names, unnamed };
    ownKeys.set(stack, found);
    return found;
}

/**
 * Why a key is not one of this environment's; undefined where it is. A name that is not known yet is decided by what
 * it was computed from: a key of this stack is this environment's, since provider and tags hold it there.
 */
export function foreignKey(
    { at, property }: KeyReference,
    resource: CheckedInStack,
    stack: readonly CheckedInStack[],
    facts: Facts,
): string | undefined {
    if (at.isUnknown) {
        return resource.dependencyTypes(property).some((type) => OWN.has(type))
            ? undefined
            : "is not known before the deployment, and no key of this stack is what it is computed from";
    }
    const text = at.text() ?? "";
    return resource.type.startsWith("gcp:")
        ? foreignCryptoKey(text, facts)
        : foreignKmsKey(text, property, resource, ownKeysOf(stack), facts);
}

function foreignKmsKey(
    text: string,
    property: string,
    resource: CheckedInStack,
    own: OwnKeys,
    { aws, ...facts }: Facts,
): string | undefined {
    const arn = parseArn(text);
    if (aws === undefined || (arn !== undefined && arn.account !== aws.accountId))
        return "is a key of another account";
    const name = arn?.resource ?? text;
    // Amazon's own key has no environment; whether it will do is another rule's.
    if (name.startsWith("alias/aws/")) return undefined;
    if (name.startsWith("alias/"))
        return isOurPlace(name.slice("alias/".length), facts) ? undefined : "is no alias of this environment";
    if (own.names.has(text)) return undefined;
    const isComputed = resource.dependencies(property).some((urn) => own.unnamed.has(urn));
    return isComputed ? undefined : "is no key that this stack declares, so nobody can tell whose it is";
}

/** `projects/<project>/locations/<location>/keyRings/<ring>/cryptoKeys/<key>`, or the ring alone. */
function foreignCryptoKey(text: string, facts: Facts): string | undefined {
    const match = /^projects\/([^/]+)\/locations\/[^/]+\/keyRings\/([^/]+)(?:\/cryptoKeys\/([^/]+))?$/.exec(
        text,
    );
    if (match === null) return "is no name of a key, so nobody can tell whose it is";
    const [, project, ring = "", key = ring] = match;
    if (facts.gcp === undefined || project !== facts.gcp.project) return "is a key of another project";
    const isOurs = isOurPlace(ring, facts) || isOurPlace(key, facts);
    const isTheirs = speaksOfAnotherEnvironment(ring, facts) || speaksOfAnotherEnvironment(key, facts);
    return isOurs && !isTheirs ? undefined : "lies in no key ring of this environment";
}
