import type { Facts } from "../facts";
import type { Property } from "../reading/property";
import {
    isOurPlace,
    isOurs,
    isOurServiceAccountId,
    namesAnotherEnvironment,
    platformsText,
    prefixText,
} from "../reading/scope";
import { each, violation, type Finding, type ResourceRule } from "../rule";

interface Naming {
    readonly path: readonly string[];
    readonly fits: (name: string, facts: Facts) => boolean;
    readonly begins: (facts: Facts) => string;
}

const slashed: Omit<Naming, "path"> = {
    fits: (name, facts) => isOurs(name, "/", facts),
    begins: (facts) => prefixText("/", facts),
};
const dashed: Omit<Naming, "path"> = {
    fits: (name, facts) => isOurs(name, "-", facts),
    begins: (facts) => prefixText("-", facts),
};
/** What belongs to an environment as a whole: the prefix alone is a name. */
const placed: Omit<Naming, "path"> = {
    fits: isOurPlace,
    begins: ({ environment }) => `'<platform>-${environment}'`,
};
/** An entry of Vault by its whole path, the mount before it. */
const entryPath: Naming = {
    path: ["path"],
    fits: (path, facts) => {
        const mount = `${facts.vault?.mount ?? ""}/`;
        return path.startsWith(mount) && isOurs(path.slice(mount.length), "/", facts);
    },
    begins: (facts) => prefixText("/", facts, `${facts.vault?.mount ?? "(no mount is configured)"}/`),
};
const secretId: Naming = {
    path: ["secretId"],
    // A third underscore would make the parts of the name ambiguous.
    fits: (name, facts) => isOurs(name, "_", facts) && name.split("_").length === 3,
    begins: (facts) => prefixText("_", facts),
};

/** What holds or hands out secrets in a namespace. Namespaces of no environment, such as an operator's, are left alone. */
const NAMESPACED = [
    "core:Secret",
    "core:ConfigMap",
    "core:ServiceAccount",
    "rbac.authorization.k8s.io:Role",
    "rbac.authorization.k8s.io:RoleBinding",
    "external-secrets.io:SecretStore",
    "external-secrets.io:ExternalSecret",
    "external-secrets.io:PushSecret",
    "generators.external-secrets.io:VaultDynamicSecret",
].map((kind): [string, Naming[]] => [
    `kubernetes:${kind}`,
    [
        {
            path: ["metadata", "namespace"],
            fits: (namespace, facts) => namespace !== "" && !namesAnotherEnvironment(namespace, "-", facts),
            begins: ({ environment }) => `'<platform>-${environment}'`,
        },
    ],
]);

const NAMINGS: ReadonlyMap<string, readonly Naming[]> = new Map([
    ...NAMESPACED,
    ["aws:secretsmanager/secret:Secret", [{ path: ["name"], ...slashed }]],
    [
        "aws:ssm/parameter:Parameter",
        [
            {
                path: ["name"],
                fits: (name, facts) => name.startsWith("/") && isOurs(name.slice(1), "/", facts),
                begins: (facts) => prefixText("/", facts, "/"),
            },
        ],
    ],
    ["aws:iam/role:Role", [{ path: ["name"], ...dashed }]],
    ["aws:iam/user:User", [{ path: ["name"], ...dashed }]],
    ["gcp:kms/keyRing:KeyRing", [{ path: ["name"], ...placed }]],
    ["gcp:kms/cryptoKey:CryptoKey", [{ path: ["name"], ...placed }]],
    ["vault:kv/secret:Secret", [entryPath]],
    ["vault:generic/secret:Secret", [entryPath]],
    [
        "vault:database/secretBackendRole:SecretBackendRole",
        [
            { path: ["name"], ...dashed },
            { path: ["backend"], ...placed },
        ],
    ],
    [
        "aws:kms/alias:Alias",
        [
            {
                path: ["name"],
                fits: (name, facts) => name.startsWith("alias/") && isOurPlace(name.slice(6), facts),
                begins: ({ environment }) => `'alias/<platform>-${environment}'`,
            },
        ],
    ],
    ["gcp:secretmanager/secret:Secret", [secretId]],
    ["gcp:secretmanager/regionalSecret:RegionalSecret", [secretId]],
    [
        "gcp:serviceaccount/account:Account",
        [{ path: ["accountId"], fits: isOurServiceAccountId, begins: (facts) => prefixText("-", facts) }],
    ],
    [
        "vault:kv/secretV2:SecretV2",
        [
            { path: ["name"], ...slashed },
            {
                path: ["mount"],
                fits: (mount, { vault }) => mount === vault?.mount,
                begins: ({ vault }) => `the environment's mount '${vault?.mount ?? "(none is configured)"}'`,
            },
        ],
    ],
    [
        "vault:index/mount:Mount",
        [
            {
                path: ["path"],
                fits: (path, facts) => path === facts.vault?.mount || isOurPlace(path, facts),
                begins: (facts) =>
                    `'<platform>-${facts.environment}' or be the mount of the stack's configuration`,
            },
        ],
    ],
    ["vault:index/policy:Policy", [{ path: ["name"], ...dashed }]],
    ["vault:kubernetes/authBackendRole:AuthBackendRole", [{ path: ["roleName"], ...dashed }]],
    [
        "kubernetes:core:Namespace",
        [
            {
                path: ["metadata", "name"],
                fits: isOurPlace,
                begins: ({ environment }) => `'<platform>-${environment}'`,
            },
        ],
    ],
]);

/**
 * Whose a thing is stands in its name, closed by a separator, so that every other rule and every grant can tell.
 * A name that Pulumi would draw counts as wrong, and one that is not known yet is decided in the update.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-02",
    name: "iso-02-names-carry-the-environment",
    description: "Names and paths begin with a platform and this stack's environment.",
    severity: "high",
    remediationSteps: "Name the resource after its platform and this stack's environment.",
    url: "https://external-secrets.io/latest/guides/multi-tenancy/",
    exemptible: false,
    peers: [],
    types: new Set(NAMINGS.keys()),
    check: ({ type, props }, { facts }) =>
        each(NAMINGS.get(type) ?? [], ({ path, fits, begins }) =>
            checkName(props.at(...path), fits, begins(facts), facts),
        ),
};

function checkName(name: Property, fits: Naming["fits"], begins: string, facts: Facts): Finding[] {
    if (fits(name.text() ?? "", facts)) return [];
    return [
        violation(
            name,
            "is not a name of this environment",
            `Let it begin with ${begins}, ${platformsText(facts)}`,
        ),
    ];
}
