import type { Facts } from "../facts";
import { each, violation, type Finding } from "../rule";
import { beforeWildcard, parseArn } from "./iam";
import type { Property } from "./property";
import { namesAnotherEnvironment, speaksOfAnotherEnvironment } from "./scope";

/**
 * Whom a document that names principals lets in: a role's trust, a resource's or a key's policy. All of them must be
 * this environment's: its account, the service accounts of its own clusters, and no name of another environment.
 *
 * A bare `*` names nobody, and has rules of its own; one that a condition narrows counts as what the condition names.
 *
 * @see The IAM user guide, "AWS JSON policy elements: Principal", and "AWS global condition context keys"
 */
export function checkAdmitted(document: Property, facts: Facts): readonly Finding[] {
    const parsed = document.parsed();
    if (parsed?.at("Statement").isAbsent !== false) {
        const fix = "Write it as JSON with 'Version' and 'Statement'";
        return [violation(document, "is no policy document with statements", fix)];
    }
    const allowing = parsed
        .at("Statement")
        .items()
        .filter((statement) => statement.at("Effect").text() !== "Deny");
    return each(allowing, (statement) => checkStatement(statement, facts));
}

function checkStatement(statement: Property, facts: Facts): readonly Finding[] {
    const principal = statement.at("Principal");
    const conditions = conditionsOf(statement);
    if (principal.isAbsent) {
        const fix = "Name each in 'Principal'";
        return [violation(statement, "admits everybody but those whom it names", fix)];
    }
    const everybody = principal.text() === "*";
    const named = everybody ? [] : namedPrincipals(principal);
    return [
        ...each(named, ({ kind, at }) => checkPrincipal(kind, at, facts)),
        ...each(conditions, (condition) => checkCondition(condition, facts)),
        ...(everybody || named.some(({ kind, at }) => kind === "AWS" && at.text() === "*")
            ? checkEverybody(principal, conditions)
            : []),
        ...(named.length === 0 && !everybody
            ? [violation(principal, "names nobody that can be read", "Write it as an object of lists")]
            : []),
    ];
}

function namedPrincipals(principal: Property): { readonly kind: string; readonly at: Property }[] {
    return principal
        .entries()
        .flatMap(({ key, property }) => property.items().map((at) => ({ kind: key, at })));
}

interface Condition {
    readonly operator: string;
    readonly key: string;
    readonly values: Property;
}

function conditionsOf(statement: Property): Condition[] {
    return statement
        .at("Condition")
        .entries()
        .flatMap(({ key: operator, property }) =>
            property.entries().map(({ key, property: values }) => ({ operator, key, values })),
        );
}

/** Keys whose values are accounts. */
const ACCOUNT_KEYS = new Set(["aws:principalaccount", "aws:sourceaccount", "kms:calleraccount"]);
/** Keys whose values are ARNs of who asks, or for whom a service asks. */
const ARN_KEYS = new Set(["aws:principalarn", "aws:sourcearn"]);

/** What a condition names on the admitting side; negated operators name who stays out. */
function checkCondition({ operator, key, values }: Condition, facts: Facts): readonly Finding[] {
    if (/not(?:equals|like)/i.test(operator)) return [];
    const lower = key.toLowerCase();
    if (ACCOUNT_KEYS.has(lower)) return each(values.items(), (value) => checkAccount(value, facts));
    if (ARN_KEYS.has(lower)) return each(values.items(), (value) => checkArn(value, facts));
    if (lower.endsWith(":sub")) return each(values.items(), (value) => checkSubject(value, facts));
    return [];
}

/** Narrowed to whatever a condition lets in, which is this environment's only where it says which account. */
function checkEverybody(principal: Property, conditions: readonly Condition[]): readonly Finding[] {
    const narrows = ({ operator, key }: Condition): boolean =>
        /^(?:string|arn)(?:equals|like)$/i.test(operator) &&
        (ACCOUNT_KEYS.has(key.toLowerCase()) || ARN_KEYS.has(key.toLowerCase()));
    if (conditions.length === 0 || conditions.some(narrows)) return [];
    const fix = "Add 'aws:PrincipalAccount' to the condition";
    return [violation(principal, "admits all accounts, under a condition that names none", fix)];
}

function checkPrincipal(kind: string, at: Property, facts: Facts): readonly Finding[] {
    if (kind === "Service") return [];
    const text = at.text() ?? "";
    if (kind === "AWS") {
        if (text === "*") return [];
        return /^\d+$/.test(text) ? checkAccount(at, facts) : checkArn(at, facts);
    }
    if (kind === "Federated") return text.startsWith("arn:") ? checkIssuer(at, facts) : checkDomain(at);
    return [violation(at, "is a principal that can't be tied to an environment", `Name ${account(facts)}`)];
}

/** Google's and GitHub's tokens and such: whom they stand for is in the conditions. */
function checkDomain(at: Property): readonly Finding[] {
    if (/^[a-z0-9.-]+\.[a-z]+$/.test(at.text() ?? "")) return [];
    return [violation(at, "is no identity provider", "Name its ARN, or its domain")];
}

function checkAccount(at: Property, facts: Facts): readonly Finding[] {
    if (facts.aws !== undefined && at.text() === facts.aws.accountId) return [];
    return [violation(at, "is not this environment's account", `Name ${account(facts)}`)];
}

/** A principal's ARN, or that of what a service acts for: the account decides, and then the name. */
export function checkArn(at: Property, facts: Facts): readonly Finding[] {
    const arn = parseArn(at.text() ?? "");
    if (arn === undefined) {
        const fix = `Name it by its ARN, in ${account(facts)}`;
        return [violation(at, "is a principal that can't be tied to an environment", fix)];
    }
    if (facts.aws === undefined || arn.account !== facts.aws.accountId) {
        return [violation(at, "belongs to another account", `Name what belongs to ${account(facts)}`)];
    }
    if (!speaksOfAnotherEnvironment(arn.resource, facts)) return [];
    return [violation(at, "is another environment's", `Name one of '${facts.environment}'`)];
}

/** The account's own record of an identity provider; of clusters, only this environment's are trusted. */
function checkIssuer(at: Property, facts: Facts): readonly Finding[] {
    const outside = checkArn(at, facts);
    if (outside.length > 0) return outside;
    const issuer = /:oidc-provider\/(oidc\.eks\..*)$/.exec(at.text() ?? "")?.[1];
    if (issuer === undefined || facts.clusters.some(({ oidcIssuer }) => oidcIssuer === issuer)) return [];
    return [
        violation(
            at,
            "trusts a cluster that is not this environment's",
            "Name the issuer of one of strongroom:clusters",
        ),
    ];
}

/** `system:serviceaccount:<namespace>:<name>` of a cluster, `repo:acme/infra:environment:prod` of a pipeline. */
export function checkSubject(at: Property, facts: Facts): readonly Finding[] {
    const text = at.text() ?? "";
    if (text === "*") return [];
    const workload = /^system:serviceaccount:([^:]*)(?::.*)?$/.exec(text)?.[1];
    if (workload !== undefined) return checkNamespace(at, workload, facts);
    const deployment = /(?:^|:)environment:([^:]*)/.exec(text)?.[1] ?? "";
    if (!speaksOfAnotherEnvironment(deployment, facts)) return [];
    return [violation(at, "is another environment's pipeline", `Name '${facts.environment}'`)];
}

/**
 * Whose a namespace is stands in its name; one of no environment, such as an operator's, is let be. `*` alone names
 * nobody; a wildcard behind some text may reach over into another environment.
 */
export function checkNamespace(at: Property, namespace: string, facts: Facts): readonly Finding[] {
    if (namespace === "*") return [];
    const isWild = beforeWildcard(namespace) !== namespace;
    if (!isWild && !namesAnotherEnvironment(namespace, "-", facts)) return [];
    const problem = isWild
        ? "reaches namespaces of other environments"
        : "is another environment's namespace";
    return [violation(at, problem, `Name a namespace of '${facts.environment}' in full`)];
}

function account({ aws }: Facts): string {
    return aws === undefined ? "nobody: this environment has no AWS account" : `account ${aws.accountId}`;
}
