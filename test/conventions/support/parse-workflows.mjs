// Prints, as a JSON list, what GitHub's own parser has against the workflows that are named. It runs as a process of its
// own: the parser imports JSON as Node.js takes it only with a hook.
import fs from "node:fs";
import { register } from "node:module";

const hook = `
import fs from "node:fs";
export function load(url, context, next) {
    if (!url.endsWith(".json")) return next(url, context);
    return { format: "module", shortCircuit: true, source: "export default " + fs.readFileSync(new URL(url), "utf8") };
}`;
register(`data:text/javascript,${encodeURIComponent(hook)}`);
const parser = await import("@actions/workflow-parser");

const faults = [];
for (const file of process.argv.slice(2)) {
    const { context, value } = parser.parseWorkflow(
        { name: file, content: fs.readFileSync(file, "utf8") },
        new parser.NoOperationTraceWriter(),
    );
    if (value !== undefined)
        await parser.convertWorkflowTemplate(context, value, undefined, { errorPolicy: 1 });
    faults.push(...context.errors.getErrors().map(({ message }) => message));
}
process.stdout.write(JSON.stringify([...new Set(faults)]));
