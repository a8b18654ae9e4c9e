import { addTo } from "../components/domain/grouped";
import { ETCD_FIELD } from "../components/domain/encryption-key";
import { code } from "../components/domain/markdown";
import type { FieldFacts } from "./describe";
import type { Plan } from "./plan";

/** What no deployment does, each with the fields that it is to be done for. */
export function handLines({ stack, steps }: Plan, facts: ReadonlyMap<string, FieldFacts>): string[] {
    const byTask = new Map<string, string[]>();
    for (const taken of steps) {
        const { field, step, after } = taken;
        const { strategy, encryptsData = false } = stack.fields.get(field)?.rotationClass ?? {};
        const replaces = step.kind === "replace" || step.kind === "revoke" || step.kind === "roll back";
        const tasks: string[] = [];
        if (encryptsData && (step.kind === "start rewrite" || step.kind === "replace")) {
            const old = String(after.previous?.generation);
            const proof = field === ETCD_FIELD ? `--from secrets.json` : "--ref <ticket>";
            const record = code(`npm run rotate -- rewritten ${field} --stack ${stack.stack} ${proof}`);
            const reading =
                field === ETCD_FIELD
                    ? `${code("etcdctl get /registry/secrets/ --prefix --write-out=json > secrets.json")} and `
                    : "";
            tasks.push(
                `write anew what generation ${old} encrypted, then ${reading}${record}; until then it stays`,
            );
        }
        if (strategy === "swap" && replaces)
            tasks.push(
                "one value is valid at a time: whatever checks it takes the new one together with the deployment",
            );
        if (step.kind === "revoke" && step.use === "previous")
            tasks.push(
                "its issuer takes no third key, so the one before is used again: once this is deployed, draw a fresh one with npm run rotate -- request",
            );
        if (strategy === "overlap" && step.kind === "revoke")
            tasks.push("end what the old generation signed, such as sessions");
        const { alsoSetIn, breaks } = facts.get(field) ?? {};
        if (alsoSetIn !== undefined && (replaces || step.kind === "promote"))
            tasks.push(
                `put the new value into ${alsoSetIn} as well: the page of the field in runbooks/ says how`,
            );
        if (breaks !== undefined && step.kind === "revoke") tasks.push(breaks.replace(/\.$/, ""));
        const name = `${code(field)} (${facts.get(field)?.description ?? "no description"})`;
        for (const task of tasks) addTo(byTask, task, name);
    }
    return [...byTask].map(([task, names]) => `${task}: ${names.join(", ")}`);
}
