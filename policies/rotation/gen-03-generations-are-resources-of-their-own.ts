import { ETCD_ENCRYPTION } from "../reading/etcd";
import { liveGenerations } from "../reading/generations";
import { violation, type CheckedInStack, type Finding, type StackRule } from "../rule";

const PASSWORD = "random:index/randomPassword:RandomPassword";
const ACCESS_KEY = "aws:iam/accessKey:AccessKey";
const DOCUMENT = "strongroom:secrets:Document";

/** `devplatform/jwt.secret_key-g4` */
const NAME = /^(.+)-g([1-9]\d{0,8})$/;
/** Next, current and previous; IAM takes two keys of a user. */
const MOST_LIVE: ReadonlyMap<string, number> = new Map([
    [PASSWORD, 3],
    [ACCESS_KEY, 2],
]);

/** What a RandomPassword is drawn by; each change of one replaces it. */
const INPUTS = [
    "keepers",
    "length",
    "lower",
    "upper",
    "numeric",
    "special",
    "overrideSpecial",
    "minLower",
    "minUpper",
    "minNumeric",
    "minSpecial",
];

/**
 * Each generation is a resource of its own, named after its number, so that a rotation adds a value before it takes one
 * away. Whatever an edit of one resource can draw anew (a keeper, another length) would drop the value in use in one
 * step: such inputs are ignored once the value is drawn.
 *
 * Where the stack declares which generations live, as its documents do from the ledger, there are these and no others:
 * at most the current one, the one before and the one after. Their numbers may differ by more than one, since a
 * generation that was withdrawn leaves a gap.
 *
 * All of it is declared: names, inputs and options.
 */
export const rule: StackRule = {
    scope: "stack",
    id: "GEN-03",
    name: "gen-03-generations-are-resources-of-their-own",
    description: "Each generation is a resource named '-g<N>', which no edit draws anew.",
    severity: "high",
    remediationSteps:
        "Name it <field>-g<number>, ignore changes of its inputs, and rotate by the next number.",
    url: "https://www.pulumi.com/registry/packages/random/api-docs/randompassword/",
    peers: [],
    types: new Set(MOST_LIVE.keys()),
    check: (resource, stack) => [
        ...checkName(resource, stack),
        ...(resource.type === PASSWORD ? checkInputs(resource) : []),
    ],
};

function checkName(resource: CheckedInStack, stack: readonly CheckedInStack[]): Finding[] {
    const { name, props, type } = resource;
    const [, field, number] = NAME.exec(name) ?? [];
    if (field === undefined) {
        const fix = "Name it after its field and generation, as '<field>-g1'";
        return [violation(props, "is no generation by its name, so that a rotation replaces it", fix)];
    }
    const siblings = stack.filter((one) => one.type === type && NAME.exec(one.name)?.[1] === field);
    const most = MOST_LIVE.get(type) ?? 0;
    if (siblings.length > most) {
        const fix = "Keep the current one, the one before and the one after";
        return [violation(props, `is one of ${siblings.length} generations, and ${most} live at most`, fix)];
    }
    const live = declaredGenerations(field, stack);
    if (live === undefined || live.includes(Number(number))) return [];
    const fix = "Take it out, or announce it in the ledger: npm run rotate";
    return [violation(props, "is a generation that does not live by the ledger", fix)];
}

/** Undefined where no component of the stack declares the field. */
function declaredGenerations(field: string, stack: readonly CheckedInStack[]): number[] | undefined {
    const [id = "", name = ""] = splitLast(field);
    for (const { type, props } of stack) {
        if (
            type === DOCUMENT &&
            `${props.at("platform").text() ?? ""}/${props.at("document").text() ?? ""}` === id
        )
            return liveGenerations(props.at("fields", name, "generations"));
        if (type === ETCD_ENCRYPTION && props.at("field").text() === field)
            return liveGenerations(props.at("generations"));
    }
    return undefined;
}

function splitLast(field: string): string[] {
    const dot = field.lastIndexOf(".");
    return dot < 0 ? [field] : [field.slice(0, dot), field.slice(dot + 1)];
}

function checkInputs({ props, ignoreChanges }: CheckedInStack): Finding[] {
    if (ignoreChanges.includes("*")) return [];
    const open = INPUTS.filter((input) => !ignoreChanges.includes(input));
    if (open.length === 0) return [];
    const problem = `draws another value when ${open.join(", ")} change, and drops the one in use`;
    const fix = "Add them to ignoreChanges: what they ask for takes effect with the next generation";
    return [violation(props, problem, fix)];
}
