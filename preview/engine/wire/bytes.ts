/**
 * Reading and writing of protobuf's encoding, straight from and into bytes: building message objects in between, as
 * google-protobuf does, costs more than everything else the preview does for a resource.
 *
 * @see https://protobuf.dev/programming-guides/encoding/
 */

/** How a value is laid out; the lower three bits of each tag. */
export const WireType = { varint: 0, fixed64: 1, bytes: 2, fixed32: 5 } as const;
export type WireType = (typeof WireType)[keyof typeof WireType];

/** Reads one message; a nested one is read by moving `end`. */
export class ByteReader {
    position: number;
    end: number;

    constructor(readonly bytes: Buffer) {
        this.position = 0;
        this.end = bytes.length;
    }

    get done(): boolean {
        return this.position >= this.end;
    }

    varint(): number {
        let result = 0;
        let factor = 1;
        for (;;) {
            const byte = this.bytes[this.position++];
            if (byte === undefined) throw new RangeError("a protobuf message ends within a number");
            result += (byte & 0x7f) * factor;
            if (byte < 0x80) return result;
            factor *= 128;
        }
    }

    double(): number {
        const value = this.bytes.readDoubleLE(this.position);
        this.position += 8;
        return value;
    }

    string(): string {
        const end = this.#endOfBytes();
        const text = this.bytes.toString("utf8", this.position, end);
        this.position = end;
        return text;
    }

    /** A view, no copy. */
    block(): Buffer {
        const end = this.#endOfBytes();
        const block = this.bytes.subarray(this.position, end);
        this.position = end;
        return block;
    }

    /** Runs `read` with the reader confined to a nested message, and leaves the reader behind it. */
    nested<T>(read: (reader: ByteReader) => T): T {
        const outer = this.end;
        this.end = this.#endOfBytes();
        const value = read(this);
        this.position = this.end;
        this.end = outer;
        return value;
    }

    skip(wireType: number): void {
        if (wireType === WireType.varint) this.varint();
        else if (wireType === WireType.fixed64) this.position += 8;
        else if (wireType === WireType.fixed32) this.position += 4;
        else this.position = this.#endOfBytes();
    }

    #endOfBytes(): number {
        const length = this.varint();
        const end = this.position + length;
        if (end > this.end) throw new RangeError("a protobuf message ends within a field");
        return end;
    }
}

/** Writes a message from its end to its beginning, so that each length is known when it is written. */
export class ByteWriter {
    #buffer = Buffer.allocUnsafe(512);
    #start = 512;

    /** Bytes written so far: the difference of two readings is the length of what was written between them. */
    get length(): number {
        return this.#buffer.length - this.#start;
    }

    finish(): Buffer {
        return this.#buffer.subarray(this.#start);
    }

    tag(field: number, wireType: WireType): void {
        this.varint(field * 8 + wireType);
    }

    varint(value: number): void {
        let size = 1;
        for (let rest = value; rest >= 128; rest = Math.floor(rest / 128)) size++;
        this.#reserve(size);
        let rest = value;
        for (let at = this.#start; at < this.#start + size; at++) {
            const low = rest % 128;
            rest = (rest - low) / 128;
            this.#buffer[at] = rest > 0 ? low | 0x80 : low;
        }
    }

    double(value: number): void {
        this.#reserve(8);
        this.#buffer.writeDoubleLE(value, this.#start);
    }

    /** Text with its length before it. */
    string(value: string): void {
        const length = Buffer.byteLength(value);
        this.#reserve(length);
        this.#buffer.write(value, this.#start);
        this.varint(length);
    }

    block(value: Uint8Array): void {
        this.#reserve(value.length);
        this.#buffer.set(value, this.#start);
        this.varint(value.length);
    }

    #reserve(size: number): void {
        if (this.#start < size) {
            const used = this.length;
            const larger = Buffer.allocUnsafe(Math.max(this.#buffer.length * 2, used + size + 512));
            this.#buffer.copy(larger, larger.length - used, this.#start);
            this.#start = larger.length - used;
            this.#buffer = larger;
        }
        this.#start -= size;
    }
}
