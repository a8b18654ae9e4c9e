import assert from "node:assert/strict";
import { Problems } from "../../components/domain/problems";
import { checkLengths } from "../../stacks/config/paths";
import { estuary } from "../../stacks/catalogue/estuary";

const problemsOf = (name: string, consumer: string, environment: string): string[] => {
    const problems = new Problems();
    const consumers = { [consumer]: estuary.consumers["estuary"]! };
    checkLengths({ ...estuary, name, consumers }, environment, problems);
    return problems.all.map(({ place }) => place);
};

describe("the length of names", () => {
    const cases: [string, string, string, string[]][] = [
        ["p".repeat(40), "c".repeat(18), "prod", []],
        ["p".repeat(40), "c".repeat(19), "prod", [`${"p".repeat(40)}/${"c".repeat(19)}`]],
        ["p".repeat(40), "c", "e".repeat(21), []],
        ["p".repeat(40), "c", "e".repeat(22), [`${"p".repeat(40)}/c`]],
        ["p".repeat(40), "c", "e".repeat(23), ["p".repeat(40), `${"p".repeat(40)}/c`]],
    ];
    for (const [name, consumer, environment, places] of cases) {
        const length = `${String(name.length)} + ${String(environment.length)} + ${String(consumer.length)}`;
        it(`${places.length === 0 ? "is allowed" : "is refused"} at ${length}`, () => {
            assert.deepEqual(problemsOf(name, consumer, environment), places);
        });
    }
});
