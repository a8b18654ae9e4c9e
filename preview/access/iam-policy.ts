import { Unknown } from "../engine/values";
import type { PropertyMap, PropertyValue } from "../engine/values";
import type { RenderedResource } from "../rendering";
import { hasUnknown, isMap, opened, strings } from "./estate";
import { iamPattern, PatternSet } from "./wildcards";

/** Patterns that an element of a statement lists, or with `Not…` leaves out. */
export interface Scope {
    readonly except: boolean;
    readonly set: PatternSet;
}

/** Who a statement of a resource policy or a trust policy speaks of, by Amazon's kinds of principal. */
export interface Principals {
    readonly everyone: boolean;
    readonly aws: readonly string[];
    readonly services: readonly string[];
    /** Identity providers whose tokens a trust policy accepts. */
    readonly federated: readonly string[];
}

export interface Statement {
    /** Resource name with the Sid, or with the index where there is none. */
    readonly label: string;
    /** `Unreadable` may allow or deny anything: nobody can tell before a deployment, or not with what is known here. */
    readonly effect: "Allow" | "Deny" | "Unreadable";
    /** Why it is unreadable. */
    readonly reason?: string;
    readonly actions: Scope;
    readonly resources: Scope;
    readonly principals?: Principals;
    readonly condition: PropertyMap;
}

const ANYTHING: Scope = { except: true, set: new PatternSet([]) };

export function unreadable(label: string, reason: string): Statement {
    return { label, effect: "Unreadable", reason, actions: ANYTHING, resources: ANYTHING, condition: {} };
}

/**
 * The statements of a policy that a resource carries, as JSON text or as an object. What can't be read becomes an
 * unreadable statement, so that it is never mistaken for one that grants nothing.
 *
 * @see AWS, "IAM JSON policy element reference"
 */
export function statementsOf(resource: RenderedResource, property = "policy"): readonly Statement[] {
    const value = opened(resource, property);
    return value === undefined ? [] : parsePolicy(resource.name, value);
}

export function parsePolicy(name: string, value: PropertyValue): readonly Statement[] {
    if (value instanceof Unknown)
        return [unreadable(name, `the policy '${name}' is known after a deployment only`)];
    const policy = typeof value === "string" ? parsedJson(value) : value;
    const list = isMap(policy) ? policy.Statement : undefined;
    const statements = Array.isArray(list) ? (list as readonly PropertyValue[]) : [list];
    return statements.map((statement, index) => {
        const sid = isMap(statement) ? statement.Sid : undefined;
        const label = typeof sid === "string" && sid !== "" ? `${name} ${sid}` : `${name}[${index}]`;
        return parseStatement(label, statement);
    });
}

function parsedJson(text: string): PropertyValue | undefined {
    try {
        return JSON.parse(text) as PropertyValue;
    } catch {
        return undefined;
    }
}

/** A statement with an element that is not understood is unreadable as a whole: half of it could mean the opposite. */
function parseStatement(label: string, value: PropertyValue | undefined): Statement {
    if (!isMap(value)) return unreadable(label, `'${label}' is no policy statement`);
    if (hasUnknown(value)) return unreadable(label, `'${label}' holds a value known after a deployment only`);
    const { Effect: effect, Condition: condition = {} } = value;
    const actions = scope(value, "Action");
    // Trust policies and some resource policies name no resource: they speak of what they are attached to.
    const resources = scope(value, "Resource") ?? ANYTHING;
    const principals = principalsOf(value.Principal);
    if (
        (effect !== "Allow" && effect !== "Deny") ||
        actions === undefined ||
        !isMap(condition) ||
        value.NotPrincipal !== undefined ||
        (value.Principal !== undefined && principals === undefined)
    ) {
        return unreadable(label, `'${label}' has an element that is not evaluated here`);
    }
    return { label, effect, actions, resources, condition, ...(principals && { principals }) };
}

function scope(statement: PropertyMap, element: "Action" | "Resource"): Scope | undefined {
    const except = statement[element] === undefined;
    const texts = strings(statement[except ? `Not${element}` : element]);
    // Action names don't care about case; names of resources do.
    if (texts === undefined) return undefined;
    const patterns = texts.map((text) => iamPattern(element === "Action" ? text.toLowerCase() : text));
    return { except, set: new PatternSet(patterns) };
}

function principalsOf(value: PropertyValue | undefined): Principals | undefined {
    if (value === "*") return { everyone: true, aws: [], services: [], federated: [] };
    if (!isMap(value) || Object.keys(value).some((kind) => !PRINCIPAL_KINDS.has(kind))) return undefined;
    const [aws, services, federated] = [value.AWS, value.Service, value.Federated].map((each) =>
        each === undefined ? [] : strings(each),
    );
    if (aws === undefined || services === undefined || federated === undefined) return undefined;
    return { everyone: aws.includes("*"), aws: aws.filter((each) => each !== "*"), services, federated };
}

const PRINCIPAL_KINDS = new Set(["AWS", "Service", "Federated"]);

/** Whether an element lists a text, or with `Not…` does not list it. Actions are asked in lower case. */
export function covers(scope: Scope, text: string): boolean {
    return scope.set.matches(text) !== scope.except;
}

/** True if it covers whatever there is. */
export function coversAll(scope: Scope): boolean {
    const { patterns } = scope.set;
    return scope.except ? patterns.length === 0 : patterns.some(({ text }) => text === "*");
}

/** True if a policy variable (`${aws:…}`) is in it, which stands for something that differs by request. */
export function hasVariable(scope: Scope): boolean {
    return scope.set.patterns.some(({ text }) => text.includes("${"));
}
