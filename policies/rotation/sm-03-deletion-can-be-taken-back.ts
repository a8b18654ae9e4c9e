import {
    numberSetting,
    violation,
    type Checked,
    type Context,
    type Finding,
    type ResourceRule,
} from "../rule";

/**
 * What Secrets Manager deletes can be restored in the recovery window, 30 days where none is named; 0 deletes at once,
 * with every version and replica. An environment whose secrets are of no worth, and which wants its names back at
 * once, says so in the pack's configuration, with `allowImmediateDeletion: true`.
 */
export const rule: ResourceRule = {
    scope: "resource",
    id: "SM-03",
    name: "sm-03-deletion-can-be-taken-back",
    description: "A deleted secret can be restored for at least 7 days.",
    severity: "high",
    remediationSteps: "Set recoveryWindowInDays to 7 or more; 0 loses the secret at once.",
    url: "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_DeleteSecret.html",
    peers: [],
    settings: {
        minimumDays: {
            type: "integer",
            minimum: 7,
            default: 7,
            description: "For how many days a deleted secret can be restored at least; AWS takes 7 to 30.",
        },
        allowImmediateDeletion: {
            type: "boolean",
            default: false,
            description: "Whether 0 is taken, which deletes at once.",
        },
    },
    types: new Set(["aws:secretsmanager/secret:Secret"]),
    check,
};

function check({ props }: Checked, { settings }: Context): readonly Finding[] {
    const window = props.at("recoveryWindowInDays");
    if (window.isAbsent) return [];
    const days = window.number ?? 0;
    const minimum = numberSetting(settings, "minimumDays");
    if (days >= minimum || (days === 0 && settings["allowImmediateDeletion"] === true)) return [];
    const problem = days === 0 ? "deletes at once, with every version" : "is too short to notice a mistake";
    return [violation(window, problem, `Set it to ${minimum} or more`)];
}
