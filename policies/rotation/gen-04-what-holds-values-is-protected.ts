import {
    NOT_APPLICABLE,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

const PARAMETER = "aws:ssm/parameter:Parameter";
const STATE_MARK = "random:index/randomUuid:RandomUuid";

/** What values are lost with: stores and their entries, and keys. */
const KEEPERS = [
    "aws:secretsmanager/secret:Secret",
    PARAMETER,
    "aws:kms/key:Key",
    "aws:kms/replicaKey:ReplicaKey",
    "aws:kms/externalKey:ExternalKey",
    "aws:kms/replicaExternalKey:ReplicaExternalKey",
    "gcp:secretmanager/secret:Secret",
    "gcp:secretmanager/regionalSecret:RegionalSecret",
    "gcp:kms/keyRing:KeyRing",
    "gcp:kms/cryptoKey:CryptoKey",
    "vault:index/mount:Mount",
    "vault:kv/secretV2:SecretV2",
    "vault:kv/secret:Secret",
    "vault:generic/secret:Secret",
    "kubernetes:core:Secret",
    // With a namespace go all Secrets in it.
    "kubernetes:core:Namespace",
];

/**
 * Pulumi refuses to delete what is protected, so that an edit of the catalogue or a renamed resource takes no value
 * along. The mark of the state is held as well: it is what tells a lost state from a new one.
 *
 * Versions and drawn values are free on purpose. A rotation replaces the one and, at the end of its overlap, drops the
 * other; what keeps a value in use is the ledger, of which no step drops one, and a comparison of ledgers refuses a
 * leap. `retainOnDelete` is no substitute, and can't be asked for: the engine does not tell it to policies.
 *
 * An environment that may be torn down says so in the pack's configuration, with `requireProtection: false`.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "GEN-04",
    name: "gen-04-what-holds-values-is-protected",
    description: "Stores, keys and the mark of the state are protected from deletion.",
    severity: "high",
    remediationSteps: "Set the option protect, as 'strongroom:protect: true' does for an environment.",
    url: "https://www.pulumi.com/docs/iac/concepts/resources/options/protect/",
    peers: [],
    settings: {
        requireProtection: {
            type: "boolean",
            default: true,
            description: "Whether what holds values must have the option protect.",
        },
    },
    types: new Set([...KEEPERS, STATE_MARK]),
    check,
};

function check(resource: Checked, { settings }: Context): readonly Finding[] | typeof NOT_APPLICABLE {
    const { protect, props } = resource;
    if (settings["requireProtection"] === false || !holdsValues(resource)) return NOT_APPLICABLE;
    const fix = "Set the option 'protect'; 'strongroom:protect: true' sets it everywhere";
    return protect ? [] : [violation(props, "is not protected, so that an edit can delete it", fix)];
}

function holdsValues({ type, name, props }: Checked): boolean {
    if (type === STATE_MARK) return name.endsWith("-state");
    if (type !== PARAMETER) return true;
    // Configuration is in Git, and comes back with the next deployment.
    const kind = props.at("type");
    return kind.isUnknown || !["String", "StringList"].includes(kind.text() ?? "");
}
