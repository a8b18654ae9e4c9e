import type { Facts } from "../facts";
import { listSetting, violation, type Checked, type Context, type Finding, type ResourceRule } from "../rule";

/**
 * What another stack gives out is read with its decrypt rights, so a reference across environments joins what the
 * accounts keep apart. Parts of one environment, `prod.devplatform`, may refer to each other.
 *
 * The engine shows a pack what a program registers and not what it reads, as a reference is read: it is seen where a
 * state is analysed (`pulumi policy analyze`), and by the preview of this project, which judges references itself.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "ISO-11",
    name: "iso-11-stacks-refer-to-their-environment",
    description: "A StackReference names a stack of the same environment, or one that is listed.",
    severity: "high",
    remediationSteps: "Refer to a stack of this environment, or list a stack that belongs to none.",
    url: "https://www.pulumi.com/docs/iac/concepts/stacks/#stackreferences",
    peers: [],
    exemptible: false,
    settings: {
        allowedStacks: {
            type: "array",
            items: { type: "string" },
            default: [],
            description: "Stacks of no environment that may be referred to, as organization/project/stack.",
        },
    },
    types: new Set(["pulumi:pulumi:StackReference"]),
    check,
};

function check({ props }: Checked, { facts, settings }: Context): readonly Finding[] {
    const name = props.at("name");
    const text = name.text() ?? "";
    if (isOurStack(text, facts) || listSetting(settings, "allowedStacks").includes(text)) return [];
    return [violation(name, "is no stack of this environment", `Refer to one of '${facts.environment}'`)];
}

/** `prod`, `network/prod`, `acme/network/prod.devplatform` */
function isOurStack(name: string, { environment }: Facts): boolean {
    const stack = name.split("/").at(-1) ?? "";
    return stack === environment || stack.startsWith(`${environment}.`);
}
