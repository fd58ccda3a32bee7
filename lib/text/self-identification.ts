import { hide } from "./hidden-names";

/** Families of models, without versions. Everyday words (Nova, Phi, Orca, Pi) are left out. */
const models = [
  "ChatGPT|InstructGPT|GPT|Claude|Gemini|Gemma|Bard|LaMDA|PaLM|LLaMA|Alpaca|Vicuna|Koala|Guanaco|Dolly|Falcon|OLMo|T[uü]lu",
  "Mistral|Mixtral|Zephyr|Qwen|Tongyi[ -]?Qianwen|DeepSeek|ERNIE(?: ?Bot)?|ChatGLM|GLM|Baichuan|InternLM|Kimi|Doubao|Grok",
  "Copilot|Bing Chat|Command[ -]R\\+?|Jurassic|WizardLM|Open ?Assistant|StableLM|(?:Open|Nous[ -])?Hermes|Baize|Tulu",
  "通义千问|文心一言|豆包|百川|智谱清言|讯飞星火",
].join("|");

const makers = [
  "OpenAI|Anthropic|Google(?: DeepMind| Research| AI| Brain)?|DeepMind|Meta(?: AI)?|Facebook(?: AI)?|Microsoft|Mistral AI|xAI",
  "Alibaba(?: Cloud| Group)?|Baidu|Tencent|ByteDance|DeepSeek(?: AI)?|Zhipu(?: AI)?|Moonshot AI|01\\.AI|Cohere|AI21(?: Labs)?",
  "Amazon|Apple|NVIDIA|IBM|Hugging ?Face|LAION|Stability AI|LMSYS(?: Org)?|Databricks|MosaicML|Stanford|UC Berkeley|Tsinghua",
  "Technology Innovation Institute|TII|Nous Research|Allen Institute for AI|AI2|EleutherAI|Inflection(?: AI)?",
  "阿里云|阿里巴巴(?:集团)?|百度|腾讯|字节跳动|深度求索|智谱(?:AI)?|月之暗面|谷歌|微软",
].join("|");

const version = "[- ]?v?\\d+(?:\\.\\d+)*[a-z]?(?![\\p{L}\\d])";
const edition =
  "[- ](?:Sonnet|Opus|Haiku|Pro|Ultra|Flash|Nano|Turbo|mini|Instant|Instruct|Chat|Plus|Large|Medium|Small)";
const end = "(?![A-Za-z\\d])";
const model = `(?<name>(?:${models})(?:${version}|${edition}${end})*)${end}`;
const maker = `(?<name>${makers})${end}`;
const either = `(?<name>(?:${models})(?:${version}|${edition}${end})*|${makers})${end}`;

/** Words of a sentence that go on to speak of the speaker: what compares, denies or names someone else ends them. */
const words = (most: number) =>
  `(?:(?!\\b(?:but|while|unlike|like|than|not|compared?|similar|different|whereas|if|about|I|you|we)\\b)[^.!?;:\\n]){0,${most}}?`;
const being = "(?:I am|I['’]m)(?: (?:just|only|actually|indeed|simply|really|also|currently))?";
/** What kind of machine, before what it is: "a large", "an open-source". */
const kind =
  "(?:(?!(?:of|for|with|by|from|at|to|who|that|which|not|like|different|similar)\\b)[\\p{L}\\d'’,-]+ ){0,6}?";
const machine = "\\b(?:AI|artificial intelligence|LLM|(?:language |chat)?models?|chat ?bot|bot|assistant|program)\\b";
const making =
  "(?:made|created|developed|trained|built|designed|provided|released|operated|owned|hosted|fine-?tuned|powered)(?:,? (?:and|or) \\w+)? by";
const origin = `(?:${making}|from|called|named|known as)`;
/** Where a clause begins: "as good as …" compares. Blanks are looked through only before an "as", not at each of them. */
const as = "(?=as)(?<=^|[^\\p{L}\\d\\s]\\s*|\\n\\s*)as";
const quote = "[*_\"'“‘«「]*";
const meBehind = "(?=[^.!?\\n]{0,200}\\b(?:I|my|I['’]m)\\b)";

/**
 * The ways in which a model tells who it is; `name` is what tells. They need a speaker ("I am", "my name is", "as …, I"),
 * so talk about models, comparisons with them ("I am not as capable as …") and things made by their makers stay.
 */
const claims = [
  // I am Claude. My name is ChatGPT. Call me Bard.
  `\\b(?:${being}|my name is|my name['’]s|call me|I go by|I am called|I['’]m called) ${quote}${model}`,
  `\\b(?:ich bin|ich heiße|mein Name ist|je suis|je m['’]appelle|mon nom est|(?:yo )?soy|me llamo|mi nombre es|sono|mi chiamo|(?:eu )?sou) ${quote}${model}`,
  `(?:我是|我叫|我的名字是|私は|저는) ?${quote}(?:由 ?)?${either}`,
  // As ChatGPT, I … As GPT-4, an AI language model, I …
  `${as} ${quote}${model}(?=[*_"'”’]*,? )${meBehind}`,
  // I am an AI assistant made by Anthropic. I'm a language model called Gemini.
  `\\b${being} (?:an?|the|your) ${kind}${machine}${words(60)}\\b${origin} ${words(60)}${either}`,
  // As an AI language model developed by OpenAI, I …
  `${as} (?:an?|the|your) ${kind}${machine}${words(60)}\\b${origin} ${words(60)}${either}${meBehind}`,
  // I am OpenAI's language model. As a GPT-4 model, I …
  `\\b${being} (?:an? |the )?${either}(?=(?:['’]s)? (?:[\\w-]+ ){0,3}(?:models?|assistant|chat ?bot)\\b)`,
  `${as} (?:an? |the )?${either}(?=(?:['’]s)? (?:[\\w-]+ ){0,3}(?:models?|assistant|chat ?bot)\\b)${meBehind}`,
  // I was trained by OpenAI. My creators at Anthropic …
  `\\b(?:I am|I['’]m|I was|I have been|I['’]ve been) (?:\\w+ly )?${making} ${words(60)}${maker}`,
  `\\bmy (?:creators?|developers?|makers?|parent company)\\b${words(30)} ${maker}`,
  // I am based on the GPT-4 architecture.
  `\\b(?:${being}|I run|I was) (?:based on|built on|running on|powered by|on|a version of|an instance of) (?:the |an? )?${either}`,
].map((source) => new RegExp(source, "giu"));

/** What may follow a name that was told and tells another: "…, made by Anthropic", "OpenAI's GPT-4", "… and Google". */
const more = [
  `['’]s (?:[\\w-]+ ){0,3}${model}`,
  `[*_"'”’]*,? ?\\(?(?:${words(90)}\\b(?:${origin}|based on|version of)) ${words(60)}${either}`,
  `,? (?:and|&|\\() ?${maker}`,
  `[^。！？\\n]{0,40}?由 ?${maker}(?=[^。！？\\n]{0,10}(?:开发|训练|创建|研发|推出|打造))`,
].map((source) => new RegExp(source, "iuy"));

/** A name with another behind it is a person's: "I am Claude Monet". */
const surname = /\s\p{Lu}\p{Ll}/uy;

/**
 * Masks the names by which a model says who it or its maker is, so that who judges a text does not know. Each code point
 * of a name becomes one `hiddenSign`, which keeps the offsets of spans right. Names in all other talk stay.
 */
export function maskSelfIdentification(text: string): string {
  const found: Range[] = [];
  const seen = new Set<number>();
  for (const claim of claims) {
    for (const match of text.matchAll(claim)) {
      const end = match.index + match[0].length;
      surname.lastIndex = end;
      if (surname.test(text)) continue;
      for (const name of namesFrom(text, rangeOf(match), seen)) found.push(name);
    }
  }
  return hideRanges(text, found);
}

type Range = { start: number; end: number };

/** A name and those that the sentence goes on to tell, as far as no earlier sentence went on to them. */
function* namesFrom(text: string, first: Range, seen: Set<number>): Generator<Range> {
  for (let name: Range | null = first; name; name = nextName(text, name.end)) {
    yield name;
    if (seen.has(name.end)) return;
    seen.add(name.end);
  }
}

function nextName(text: string, at: number): Range | null {
  for (const pattern of more) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return rangeOf(match);
  }
  return null;
}

/** What is found ends with the name that it is about. */
function rangeOf(match: RegExpExecArray): Range {
  const end = match.index + match[0].length;
  return { start: end - match.groups!.name!.length, end };
}

function hideRanges(text: string, ranges: readonly Range[]): string {
  let [masked, at] = ["", 0];
  for (const { start, end } of ranges.toSorted((a, b) => a.start - b.start)) {
    if (end <= at) continue;
    masked += text.slice(at, Math.max(at, start)) + hide(text.slice(Math.max(at, start), end));
    at = end;
  }
  return masked + text.slice(at);
}
