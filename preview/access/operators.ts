import { clusterOf } from "./clusters";
import { isMap, listOf, mapOf, nameOf, opened, textsOf } from "./estate";
import type { Estate } from "./estate";
import { statementsOf } from "./iam-policy";
import type { Edge, Identity } from "./types";

const OPERATOR = "operator";

/**
 * Identities that are declared to operate secrets, as a pipeline that deploys and the operator that delivers do: what
 * they read is shown as everybody's, and no consumer has to declare it. Each system says it where it can: tags of a
 * role in AWS, the description of a service account in Google Cloud, metadata of a login in Vault, and in Kubernetes
 * the labels of a service account, or of every binding that one which is not ours has. Somebody whom no stack declares
 * is one where all that they become are operators, or consumers who let them in for their own namespace alone.
 */
export function operatorsOf(
    estate: Estate,
    identities: readonly Identity[],
    edges: readonly Edge[],
): readonly Identity[] {
    const urns = new Set([...declaredOnAws(estate), ...declaredElsewhere(estate)]);
    const bound = boundAccounts(estate);
    const tagged = taggedPrincipals(estate);
    const declared = new Set(
        identities.filter(
            ({ system, kind, realm, name, urn }) =>
                // What a store calls to rotate operates, and nothing else.
                (system === "aws" && kind === "function") ||
                (urn !== undefined && urns.has(urn)) ||
                (system === "kubernetes" && bound.has(`${realm ?? ""} ${name}`)),
        ),
    );
    const becomes = new Map<Identity, boolean>();
    for (const { from, to } of edges)
        becomes.set(
            from,
            (becomes.get(from) ?? true) && (declared.has(to) || tagged.has(`${to.urn ?? ""} ${from.name}`)),
        );
    return identities.filter(
        (each) => declared.has(each) || (each.stack === undefined && becomes.get(each) === true),
    );
}

function declaredOnAws(estate: Estate): readonly string[] {
    return estate
        .ofType("aws:iam/role:Role", "aws:iam/user:User")
        .filter((each) => textsOf(opened(each, "tags")).get("class") === OPERATOR)
        .map(({ urn }) => urn);
}

/** Google's service accounts have no labels: what one is for stands in its description. */
function declaredElsewhere(estate: Estate): readonly string[] {
    const accounts = estate
        .ofType("gcp:serviceaccount/account:Account")
        .filter((each) => /\boperator\b/iu.test(nameOf(each, "description") ?? ""));
    const logins = estate
        .ofTypeLike(/^vault:[^:]+\/authBackendRole:AuthBackendRole$/u)
        .filter((each) => textsOf(opened(each, "aliasMetadata")).get("class") === OPERATOR);
    const pods = estate
        .ofType("kubernetes:core/v1:ServiceAccount")
        .filter((each) => labelOf(opened(each, "metadata")) === OPERATOR);
    return [...accounts, ...logins, ...pods].map(({ urn }) => urn);
}

const labelOf = (metadata: ReturnType<typeof opened>): string | undefined =>
    textsOf(mapOf(metadata).labels).get("strongroom.io/class");

/** Service accounts by cluster that are bound by operators' bindings, and by no others. */
function boundAccounts(estate: Estate): ReadonlySet<string> {
    const operates = new Map<string, boolean>();
    for (const binding of estate.ofTypeLike(/^kubernetes:rbac[^:]*:(?:Cluster)?RoleBinding$/u)) {
        const isOperator = labelOf(opened(binding, "metadata")) === OPERATOR;
        for (const subject of listOf(opened(binding, "subjects"))) {
            const { namespace, name } = mapOf(subject);
            if (typeof namespace !== "string" || typeof name !== "string") continue;
            const account = `${clusterOf(estate, binding)} ${namespace}/${name}`;
            operates.set(account, isOperator && (operates.get(account) ?? true));
        }
    }
    return new Set([...operates].filter(([, each]) => each).map(([account]) => account));
}

/**
 * Principals whom a consumer's role lets in with session tags that name the consumer's namespace, as `<urn> <arn>`:
 * the operator takes them from the SecretStore that it reads for.
 *
 * @see External Secrets Operator, "AWS Access": STS session tags
 */
function taggedPrincipals(estate: Estate): ReadonlySet<string> {
    return new Set(
        estate.ofType("aws:iam/role:Role").flatMap((role) => {
            const namespace = estate.consumerOf(role)?.inputs.namespace;
            return statementsOf(role, "assumeRolePolicy").flatMap(({ effect, condition, principals }) => {
                const equals = condition.StringEquals;
                const tag = isMap(equals) ? equals["aws:RequestTag/esoNamespace"] : undefined;
                const own = effect === "Allow" && typeof tag === "string" && tag === namespace;
                return own ? (principals?.aws ?? []).map((arn) => `${role.urn} ${arn}`) : [];
            });
        }),
    );
}
