import { access as accessOf, deploy } from "../causes/cause";
import { ok } from "../check";
import type { Check } from "../check";
import type { Told } from "../finding";
import { subjectOf } from "../subject";

/** Whether what the stack grants lets a consumer's identity read what it declares to read, by real evaluation. */
export const access: Check = {
    name: "access",
    symptom: "secret not found",
    look: (facts) =>
        facts.consumers.flatMap((consumer): Told[] => {
            const place = consumer.id;
            if (consumer.documents.length === 0) return [];
            if (consumer.unreadable.length === 0)
                return [ok(place, "its identity may read what it declares")];
            return consumer.unreadable.map(({ message, fix, isSure }) => ({
                status: isSure ? "problem" : "warning",
                place,
                message,
                why: fix,
                next: [accessOf(subjectOf(facts, consumer)), ...deploy(facts)],
            }));
        }),
};
