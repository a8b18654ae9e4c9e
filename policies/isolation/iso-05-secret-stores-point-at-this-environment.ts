import type { Facts } from "../facts";
import { parseArn } from "../reading/iam";
import type { Property } from "../reading/property";
import { isOurPlace, isOurs, isOurServiceAccountId } from "../reading/scope";
import { indexOf, perStack } from "../reading/stack";
import {
    each,
    listSetting,
    violation,
    type CheckedInStack,
    type Context,
    type Finding,
    type StackRule,
} from "../rule";

/** What a check of one provider's block may look at. */
interface Store {
    readonly block: Property;
    readonly store: CheckedInStack;
    readonly stack: readonly CheckedInStack[];
    readonly context: Context;
}

const PROVIDERS: ReadonlyMap<string, (store: Store) => readonly Finding[]> = new Map([
    ["aws", checkAws],
    ["gcpsm", checkGcp],
    ["vault", checkVault],
    ["kubernetes", checkKubernetes],
]);

/** Resources that yield an identity. */
const IDENTITIES: ReadonlySet<string> = new Set(["aws:iam/role:Role", "gcp:serviceaccount/account:Account"]);

/** It logs in to Vault as a SecretStore does, and its provider is the block of Vault itself. */
const LEASES = "kubernetes:generators.external-secrets.io:VaultDynamicSecret";

/**
 * A SecretStore is the door through which ESO reads: account, region, project, address, mount and role must be this
 * environment's, and the identity on the service account that it borrows as well, wherever in the stack that is.
 *
 * What the store itself declares must be known in the preview, or it is a violation: a stack rule that waits for the
 * update fails after everything was made. The identity that a service account borrows may come of a role or an account
 * of this stack, which is not made yet: then its declared name decides.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "ISO-05",
    name: "iso-05-secret-stores-point-at-this-environment",
    description: "A SecretStore's account, region, project, address, path and role are this environment's.",
    severity: "critical",
    remediationSteps:
        "Point the store at what the stack's configuration names, by the consumer's own identity.",
    url: "https://external-secrets.io/latest/guides/threat-model/",
    exemptible: false,
    peers: [],
    settings: {
        extraVaultAddresses: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Further addresses of the environment's Vault, as seen from inside the cluster.",
        },
    },
    types: new Set([
        "kubernetes:external-secrets.io:SecretStore",
        "kubernetes:external-secrets.io:ClusterSecretStore",
        LEASES,
    ]),
    check: (store, stack, context) => {
        const provider = store.props.at("spec", "provider");
        if (provider.isUnknown) return [undeclared(provider)];
        if (store.type === LEASES) return checkVaultLogin(provider, context);
        const entries = provider.entries();
        if (entries.length === 0) return [violation(provider, "names no provider", "Name exactly one")];
        return each(entries, ({ key, property: block }) => {
            const check = PROVIDERS.get(key);
            if (block.isUnknown) return [undeclared(block)];
            if (check !== undefined) return check({ block, store, stack, context });
            return [
                violation(block, "can't be tied to an environment", "Use aws, gcpsm, vault or kubernetes"),
            ];
        });
    },
};

function checkAws({ block, store, stack, context: { facts } }: Store): readonly Finding[] {
    const account = facts.aws;
    if (account === undefined) return [notConfigured(block, "aws")];
    const jwt = block.at("auth", "jwt", "serviceAccountRef");
    const named = [block.at("role"), ...block.at("additionalRoles").itemsOrUnknown()];
    const roles = named.filter((role) => role.isUnknown || !role.isAbsent);
    const own = roles.length > 0 || !jwt.isAbsent;
    return [
        ...declared(
            block.at("region"),
            (region) => account.regions.includes(region),
            account.regions.join(", "),
        ),
        ...roles.flatMap((role) =>
            declared(role, (arn) => isOurRole(arn, facts), "a role of this environment"),
        ),
        ...(own
            ? []
            : [
                  violation(
                      block.at("auth"),
                      "has the store read as the operator itself",
                      "Set auth.jwt.serviceAccountRef to the consumer's service account",
                  ),
              ]),
        ...identityOf(jwt, store, stack, {
            annotation: "eks.amazonaws.com/role-arn",
            fits: (arn) => isOurRole(arn, facts),
            madeBy: ({ type, props }) =>
                type === "aws:iam/role:Role" && isOurs(props.at("name").text() ?? "", "-", facts),
        }),
    ];
}

function checkGcp({ block, store, stack, context: { facts } }: Store): readonly Finding[] {
    const project = facts.gcp?.project;
    if (project === undefined) return [notConfigured(block, "gcp")];
    const account = block.at("auth", "workloadIdentity", "serviceAccountRef");
    return [
        ...declared(block.at("projectID"), (id) => id === project, project),
        ...(account.isAbsent
            ? [
                  violation(
                      block.at("auth"),
                      "has the store read as the operator itself",
                      "Set auth.workloadIdentity.serviceAccountRef to the consumer's service account",
                  ),
              ]
            : identityOf(account, store, stack, {
                  annotation: "iam.gke.io/gcp-service-account",
                  fits: (email) => {
                      const [id = "", domain] = email.split("@");
                      return (
                          domain === `${project}.iam.gserviceaccount.com` && isOurServiceAccountId(id, facts)
                      );
                  },
                  madeBy: ({ type, props }) =>
                      type === "gcp:serviceaccount/account:Account" &&
                      isOurServiceAccountId(props.at("accountId").text() ?? "", facts),
              })),
    ];
}

function checkVault({ block, context }: Store): readonly Finding[] {
    const vault = context.facts.vault;
    return [
        ...checkVaultLogin(block, context),
        ...(vault === undefined
            ? []
            : declared(block.at("path"), (path) => path === vault.mount, vault.mount)),
    ];
}

function checkVaultLogin(block: Property, { facts, settings }: Context): readonly Finding[] {
    const vault = facts.vault;
    if (vault === undefined) return [notConfigured(block, "vault")];
    const addresses = [vault.address, ...listSetting(settings, "extraVaultAddresses")];
    const namespace = block.at("namespace");
    const roles = [block.at("auth", "kubernetes", "role"), block.at("auth", "jwt", "role")];
    const given = roles.filter((role) => role.isUnknown || !role.isAbsent);
    return [
        ...declared(block.at("server"), (server) => addresses.includes(server), vault.address),
        ...(vault.namespace === undefined && !namespace.isUnknown && namespace.isAbsent
            ? []
            : declared(namespace, (name) => name === vault.namespace, vault.namespace ?? "nothing")),
        ...given.flatMap((role) =>
            declared(role, (name) => isOurs(name, "-", facts), `<platform>-${facts.environment}-<consumer>`),
        ),
        ...(given.length > 0
            ? []
            : [
                  violation(
                      block.at("auth"),
                      "has no role of a consumer of this environment",
                      "Set auth.kubernetes.role to the consumer's role",
                  ),
              ]),
    ];
}

function checkKubernetes({ block, context: { facts } }: Store): readonly Finding[] {
    return declared(
        block.at("remoteNamespace"),
        (namespace) => isOurPlace(namespace, facts),
        `<platform>-${facts.environment}`,
    );
}

/** Service accounts by `<namespace>/<name>`, those whose place is known. */
const accounts = perStack(
    (stack) =>
        new Map(
            indexOf(stack)
                .ofType("kubernetes:core:ServiceAccount")
                .flatMap((account): [string, CheckedInStack][] => {
                    const places = ["namespace", "name"].map((key) => account.props.at("metadata", key));
                    if (places.some((place) => place.isUnknown)) return [];
                    return [[places.map((place) => place.text() ?? "").join("/"), account]];
                })
                // Of two that are called the same the first, as a search finds it.
                .reverse(),
        ),
);

interface Identity {
    readonly annotation: string;
    readonly fits: (identity: string) => boolean;
    /** True of the resource of this stack that yields such an identity. */
    readonly madeBy: (source: CheckedInStack) => boolean;
}

/** What the borrowed service account may act as; it must be declared in this stack to be known at all. */
function identityOf(
    reference: Property,
    store: CheckedInStack,
    stack: readonly CheckedInStack[],
    { annotation, fits, madeBy }: Identity,
): readonly Finding[] {
    if (reference.isAbsent) return [];
    const name = reference.at("name").text();
    const namespace = reference.at("namespace").text() ?? store.props.at("metadata", "namespace").text();
    const account =
        name === undefined || namespace === undefined
            ? undefined
            : accounts(stack).get(`${namespace}/${name}`);
    if (account === undefined) {
        return [
            violation(reference, "names a service account that this stack does not declare", "Declare it"),
        ];
    }
    const identity = account.props.at("metadata", "annotations", annotation);
    const ours = identity.isUnknown
        ? isMadeBy(madeBy, account.dependencies("metadata"), stack)
        : fits(identity.text() ?? "");
    if (ours) return [];
    return [
        violation(
            reference,
            `borrows a service account whose annotation '${annotation}' is not of this environment`,
            "Annotate it with the consumer's identity in this environment",
        ),
    ];
}

/** Of the resources that a value is computed from one yields the identity, and none yields another one. */
function isMadeBy(
    madeBy: Identity["madeBy"],
    sources: readonly string[],
    stack: readonly CheckedInStack[],
): boolean {
    const known = sources
        .map((urn) => indexOf(stack).byUrn(urn))
        .filter((source) => source !== undefined)
        .filter(({ type }) => IDENTITIES.has(type));
    return known.length > 0 && known.every(madeBy);
}

function isOurRole(text: string, facts: Facts): boolean {
    const arn = parseArn(text);
    const name = arn?.resource.split("/").at(-1) ?? "";
    return arn?.service === "iam" && arn.account === facts.aws?.accountId && isOurs(name, "-", facts);
}

function declared(property: Property, fits: (text: string) => boolean, wanted: string): Finding[] {
    if (property.isUnknown) return [undeclared(property)];
    if (fits(property.text() ?? "")) return [];
    return [violation(property, "is not this environment's", `Set it to ${wanted}`)];
}

function undeclared(property: Property): Finding {
    return violation(
        property,
        "is not known before the deployment, so nobody can tell which environment it is",
        "Take it from the stack's configuration instead of another resource's output",
    );
}

function notConfigured(block: Property, cloud: string): Finding {
    return violation(
        block,
        "is used, but this environment has none of it",
        `Set strongroom:${cloud} in the stack's file, or choose another store`,
    );
}
