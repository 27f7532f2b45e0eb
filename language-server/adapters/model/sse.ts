/** Lines of a byte stream in UTF-8, split at LF, CRLF or CR as the event-stream format says; a line is at most `maxLine` long. */
export interface LineSplitter {
  push(bytes: Uint8Array): readonly string[];
  /** What came after the last line end. */
  end(): readonly string[];
}

export class LineTooLong extends Error {
  constructor() {
    super("a line of the stream is too long");
    this.name = "LineTooLong";
  }
}

export function createLineSplitter(maxLine: number): LineSplitter {
  const decoder = new TextDecoder();
  let rest = "";
  let afterCr = false;

  function split(text: string): string[] {
    let input = rest + text;
    if (afterCr && input.startsWith("\n")) input = input.slice(1);
    afterCr = input.endsWith("\r");
    const lines = input.split(/\r\n|\n|\r/u);
    rest = lines.pop() ?? "";
    if (rest.length > maxLine || lines.some((line) => line.length > maxLine)) throw new LineTooLong();
    return lines;
  }

  return {
    push: (bytes) => {
      const text = decoder.decode(bytes, { stream: true });
      return text === "" ? [] : split(text);
    },
    end: () => {
      const lines = split(decoder.decode());
      return rest === "" ? lines : [...lines, rest];
    },
  };
}

/** The data of one event, its lines joined; comments and other fields carry nothing for us. */
export function createEventReader(): { line(text: string): string | undefined; end(): string | undefined } {
  let data: string[] = [];
  const take = (): string | undefined => {
    const event = data.length === 0 ? undefined : data.join("\n");
    data = [];
    return event;
  };
  return {
    line(text) {
      if (text === "") return take();
      if (!text.startsWith("data:")) return undefined;
      // Some gateways forget the blank line between events; a whole object or the end mark is an event of its own.
      const value = text.slice(text.startsWith("data: ") ? 6 : 5);
      if (data.length === 0 && (value === "[DONE]" || (value.startsWith("{") && value.endsWith("}") && isJson(value)))) return value;
      data.push(value);
      return undefined;
    },
    end: take,
  };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch (error) {
    if (error instanceof SyntaxError) return false;
    throw error;
  }
}
