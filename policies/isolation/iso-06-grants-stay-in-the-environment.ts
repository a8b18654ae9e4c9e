import type { Facts } from "../facts";
import { checkGcpGrant, GCP_GRANTS } from "../reading/gcp-grants";
import {
    beforeWildcard,
    checkAllows,
    parseArn,
    policyDocuments,
    reachesService,
    storedName,
    type Statement,
} from "../reading/iam";
import type { Property } from "../reading/property";
import {
    isOurPlace,
    isOurs,
    namesAnotherEnvironment,
    platformsText,
    prefixText,
    type Separator,
} from "../reading/scope";
import { IAM_POLICIES } from "../reading/types";
import { parseVaultPolicy } from "../reading/vault-policy";
import { each, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

const VAULT_POLICY = "vault:index/policy:Policy";
/** They give a policy to somebody: both ends are named, by name and by ARN. */
const ATTACHMENTS: ReadonlySet<string> = new Set([
    "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
    "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    "aws:iam/policyAttachment:PolicyAttachment",
]);

/**
 * Grants name this environment only. What is certain of a resource before its first wildcard must hold the whole
 * prefix with its closing sign: `devplatform/prod*` reaches `devplatform/prod-eu/` too.
 *
 * It looks at each grant by itself, so that the engine asks before the grant is made, in an update as well. A policy
 * document with an unknown part is unknown as a whole and decided then: keep ARNs that are not known beforehand, such
 * as a key's, in a document of their own.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-06",
    name: "iso-06-grants-stay-in-the-environment",
    description: "IAM, GCP and Vault grants name resources of this environment only.",
    severity: "critical",
    remediationSteps: "Name the resource with platform and environment, closed by the separator.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/userguide/best-practices.html",
    exemptible: false,
    peers: [],
    types: new Set([...IAM_POLICIES, ...ATTACHMENTS, ...GCP_GRANTS, VAULT_POLICY]),
    check: (resource, context) => {
        if (resource.type === VAULT_POLICY)
            return checkVaultPolicy(resource.props.at("policy"), context.facts);
        if (GCP_GRANTS.has(resource.type)) return checkGcpGrant(resource, context.facts);
        return ATTACHMENTS.has(resource.type)
            ? checkAttachment(resource, context)
            : checkIam(resource, context);
    },
};

function checkIam(resource: Checked, { facts }: Context): readonly Finding[] {
    return [
        ...each(policyDocuments(resource), (document) =>
            checkAllows(document, (statement) =>
                statement.resources.flatMap((property) => checkResource(property, statement, facts)),
            ),
        ),
        ...each([resource.props.at("role")], (role) => checkRole(role, facts)),
    ];
}

function checkAttachment({ props }: Checked, { facts }: Context): readonly Finding[] {
    const ends = ["role", "roles", "user", "users", "group", "groups"];
    return [
        ...each(
            ends.flatMap((end) => props.at(end).itemsOrUnknown()),
            (end) => checkRole(end, facts),
        ),
        ...each([props.at("policyArn")], (policy) => checkPolicyArn(policy, facts)),
    ];
}

/** Amazon's own policies have no account, and are other rules' to judge. */
function checkPolicyArn(policy: Property, facts: Facts): Finding[] {
    const arn = parseArn(policy.text() ?? "");
    const account = facts.aws?.accountId;
    const isOurs = arn !== undefined && (arn.account === "aws" || arn.account === account);
    if (isOurs && !mentionsAnotherEnvironment(arn.resource, facts)) return [];
    return [violation(policy, "is no policy of this environment", `Attach one of account ${account ?? "-"}`)];
}

/** Whose right it becomes. */
function checkRole(role: Property, facts: Facts): Finding[] {
    if (!mentionsAnotherEnvironment(role.text() ?? "", facts)) return [];
    return [violation(role, "is a role of another environment", `Use one of '${facts.environment}'`)];
}

function checkResource(property: Property, statement: Statement, facts: Facts): Finding[] {
    const text = property.text() ?? "";
    const fix = `Name it with ${prefixText("/", facts)}, ${platformsText(facts)}`;
    if (text === "*") {
        return reachesAnySecret(statement) ? [violation(property, "reaches every environment", fix)] : [];
    }
    const arn = parseArn(text);
    if (arn === undefined) return [violation(property, "is no ARN, so nobody can tell what it reaches", fix)];
    const account = facts.aws?.accountId;
    if (arn.account !== "" && arn.account !== account) {
        return [violation(property, "is not in this environment's account", `Use account ${account ?? "-"}`)];
    }
    const stored = storedName(arn);
    if (stored !== undefined) {
        return isBehindPrefix(beforeWildcard(stored), "/", facts)
            ? []
            : [violation(property, "reaches names outside this environment", fix)];
    }
    // `arn:aws:s?m:…` or `…:par*`: a wildcard before the name may stand for a store.
    if (/[*?]/.test(text.slice(0, text.length - arn.resource.length)) || /^[*?]/.test(arn.resource)) {
        return reachesAnySecret(statement) ? [violation(property, "reaches every environment", fix)] : [];
    }
    if (!mentionsAnotherEnvironment(arn.resource, facts)) return [];
    return [
        violation(
            property,
            "names another environment",
            `Use what belongs to '${facts.environment}' instead`,
        ),
    ];
}

/** Actions that only work on `*` and give nothing of a value: they list names, or draw a random password. */
const WITHOUT_RESOURCE =
    /^(?:secretsmanager:(?:ListSecrets|GetRandomPassword|BatchGetSecretValue)|ssm:DescribeParameters)$/i;

function reachesAnySecret({ actions }: Statement): boolean {
    return actions.some((action) => {
        const text = action.text() ?? "*";
        if (WITHOUT_RESOURCE.test(text)) return false;
        return reachesService(text, "secretsmanager") || /^(?:\*|ssm):(?:\*|.*param.*)$/i.test(text);
    });
}

function mentionsAnotherEnvironment(resource: string, facts: Facts): boolean {
    const separators: readonly Separator[] = ["-", "_"];
    return resource
        .split(/[/:]/)
        .some((part) => separators.some((separator) => namesAnotherEnvironment(part, separator, facts)));
}

/** Unlike a name, a prefix may end where the environment's separator does. */
function isBehindPrefix(text: string, separator: Separator, facts: Facts): boolean {
    return facts.platforms.some((platform) =>
        text.startsWith(`${platform}${separator}${facts.environment}${separator}`),
    );
}

function checkVaultPolicy(property: Property, facts: Facts): Finding[] {
    const fix = `Name documents with ${prefixText("/", facts)}, ${platformsText(facts)}`;
    const paths = parseVaultPolicy(property.text() ?? "");
    if (paths === undefined) {
        return [violation(property, "can't be read, so nobody can tell what it reaches", fix)];
    }
    const reachesOut = paths.filter(({ capabilities }) => !capabilities.every((word) => word === "deny"));
    return reachesOut.flatMap(({ path }, i) => {
        const certain = path.replace(/[*+].*$/s, "");
        const mount = `${facts.vault?.mount ?? ""}/`;
        const place = `path ${String(i + 1)} of ${String(reachesOut.length)}`;
        const [, engine = "", role = ""] = /^([^/]+)\/creds\/([^/]+)$/.exec(path) ?? [];
        if (isOurPlace(engine, facts) && isOurs(role, "-", facts)) return [];
        if (!path.startsWith(mount)) {
            // Paths of Vault itself, such as `auth/token/renew-self`, have no environment unless they name one.
            return mentionsAnotherEnvironment(path, facts) || !/^(?:auth|identity|cubbyhole|sys)\//.test(path)
                ? [violation(property, `reaches outside the environment's mount (${place})`, fix)]
                : [];
        }
        const name = certain
            .slice(mount.length)
            .replace(/^(?:data|metadata|delete|undelete|destroy|subkeys)\//, "");
        return isBehindPrefix(name, "/", facts)
            ? []
            : [violation(property, `reaches names outside this environment (${place})`, fix)];
    });
}
