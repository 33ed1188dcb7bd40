"use strict";

const byId = (id) => document.getElementById(id);
const METHODS = ["get", "post", "patch", "put", "delete"];
let api;
let operations = [];

function el(name, attributes = {}, ...children) {
  const element = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key.startsWith("on")) element.addEventListener(key.slice(2), value);
    else if (value !== undefined && value !== false) element.setAttribute(key, value === true ? "" : value);
  }
  element.append(...children.filter((child) => child !== undefined && child !== null));
  return element;
}

// Comments quote code in backticks and separate paragraphs by empty lines; nothing else of Markdown is used.
const inline = (text = "") => text.split("`").map((part, index) => (index % 2 ? el("code", {}, part) : part));

function prose(text = "") {
  return text.split("\n\n").map((paragraph) => el("p", {}, ...inline(paragraph)));
}

function resolve(schema) {
  return schema && schema.$ref ? { ...schema.$ref.split("/").slice(1).reduce((at, key) => at[key], api), ...schema, name: schema.$ref.split("/").pop() } : schema || {};
}

function typeOf(schema) {
  const full = resolve(schema);
  if (full.type === "array") return `${typeOf(full.items)}[]`;
  if (full.additionalProperties && full.additionalProperties !== true) return `map of ${typeOf(full.additionalProperties)}`;
  return full.name || [full.type || "any", full.format && `(${full.format})`].filter(Boolean).join(" ");
}

function schemaTree(schema, depth = 0) {
  let full = resolve(schema);
  if (full.type === "array") full = resolve(full.items);
  if (full.additionalProperties && full.additionalProperties !== true) full = resolve(full.additionalProperties);
  if (full.enum) return el("p", {}, "One of ", ...full.enum.flatMap((value, index) => [index ? ", " : "", el("code", {}, value)]));
  const properties = Object.entries(full.properties || {});
  if (!properties.length) return undefined;
  return el("ul", { class: "schema" }, ...properties.map(([name, property]) => {
    const line = [el("code", {}, name), " ", el("span", { class: "type" }, typeOf(property)), property.readOnly ? el("span", { class: "type" }, " · output only") : undefined];
    const item = el("li", {}, ...line, " ", ...inline(property.description));
    const open = el("details", {}, el("summary", {}, "fields"));
    open.addEventListener("toggle", () => { if (open.open && open.children.length === 1) open.append(schemaTree(property, depth + 1) || "none"); });
    const inner = resolve(property.type === "array" ? property.items : property);
    if ((inner.properties || inner.enum) && depth < 8) item.append(open);
    return item;
  }));
}

function parameterRows(operation) {
  return (operation.parameters || []).map((parameter) => {
    const id = `p-${parameter.in}-${parameter.name}`;
    const repeated = parameter.schema.type === "array";
    return el("tr", {},
      el("td", {}, el("label", { for: id }, el("code", {}, parameter.name)), el("div", { class: "type" }, `${parameter.in}${parameter.required ? ", required" : ""}`)),
      el("td", {}, el("input", { id, name: parameter.name, "data-in": parameter.in, "data-repeated": repeated, required: parameter.required, placeholder: repeated ? `${typeOf(parameter.schema)}, separated by commas` : typeOf(parameter.schema) })),
      el("td", {}, ...prose(parameter.description)));
  });
}

function addressOf(entry, form) {
  let path = entry.path;
  const query = new URLSearchParams();
  for (const input of form.querySelectorAll("input[data-in]")) {
    if (input.dataset.in === "path") path = path.replace(`{${input.name}}`, encodeURIComponent(input.value));
    else if (input.value) (input.dataset.repeated !== undefined ? input.value.split(",") : [input.value]).forEach((value) => query.append(input.name, value.trim()));
  }
  return query.size ? `${path}?${query}` : path;
}

async function send(entry, form, output) {
  const headers = {};
  const token = byId("token").value.trim();
  if (token) headers.authorization = `Bearer ${token}`;
  let body;
  const file = form.querySelector("input[type=file]");
  const text = form.querySelector("textarea");
  if (file) { body = file.files[0]; headers["content-type"] = (body && body.type) || "application/octet-stream"; }
  else if (text) { body = text.value || "{}"; headers["content-type"] = "application/json"; }
  const begun = performance.now();
  output.replaceChildren(el("p", {}, "Waiting…"));
  try {
    const address = addressOf(entry, form);
    const response = await fetch(address, { method: entry.method.toUpperCase(), headers, body });
    const answer = await response.text();
    let shown = answer;
    try { shown = JSON.stringify(JSON.parse(answer), null, 2); } catch { /* Not one JSON document: shown as it is. */ }
    output.replaceChildren(
      el("p", { class: response.ok ? "status" : "status wrong" }, `${response.status} ${response.statusText}`, ` · ${Math.round(performance.now() - begun)} ms · ${address}`),
      el("pre", { tabindex: "0" }, shown || "(empty)"));
  } catch (failure) {
    output.replaceChildren(el("p", { class: "status wrong" }, `The request did not get through: ${failure.message}`));
  }
}

function bodyInput(operation) {
  if (!operation.requestBody) return [];
  const json = operation.requestBody.content["application/json"];
  if (operation.requestBody.content["application/octet-stream"]) {
    return [el("h3", {}, "Body: a file"), ...prose(operation.requestBody.description), el("label", { for: "file", class: "hidden" }, "File"), el("input", { id: "file", type: "file", required: true })];
  }
  return [el("h3", {}, "Body"), el("label", { for: "body", class: "hidden" }, "JSON body"),
    el("textarea", { id: "body", spellcheck: "false" }, JSON.stringify(json.example || {}, null, 2)), schemaTree(json.schema)];
}

function answerPart(operation) {
  const [type, media] = Object.entries(operation.responses["200"].content)[0];
  return [el("h3", {}, "Answer"), el("p", {}, el("code", {}, type), " ", media.schema ? typeOf(media.schema) : "a file"), media.schema && schemaTree(media.schema)];
}

function show(entry) {
  const { operation } = entry;
  const output = el("div", { id: "output" });
  const form = el("form", { onsubmit: (event) => { event.preventDefault(); send(entry, form, output); } },
    ...(operation.parameters ? [el("h3", {}, "Parameters"), el("table", {}, el("tbody", {}, ...parameterRows(operation)))] : []),
    ...bodyInput(operation), el("p", {}, el("button", { type: "submit" }, "Send")), output);
  byId("content").replaceChildren(el("span", { class: `verb ${entry.method}` }, entry.method.toUpperCase()),
    el("h2", { class: "path" }, entry.path), ...prose(operation.description), form, ...answerPart(operation).filter(Boolean));
  document.title = `${operation.summary} – Governance API`;
  for (const link of byId("index").querySelectorAll("a")) {
    if (link.hash === `#${operation.operationId}`) link.setAttribute("aria-current", "page");
    else link.removeAttribute("aria-current");
  }
}

function index(filter = "") {
  const words = filter.toLowerCase().split(/\s+/).filter(Boolean);
  const fits = (entry) => words.every((word) => `${entry.path} ${entry.operation.operationId} ${entry.operation.summary}`.toLowerCase().includes(word));
  byId("index").replaceChildren(...api.tags.flatMap((tag) => {
    const entries = operations.filter((entry) => entry.operation.tags[0] === tag.name && fits(entry));
    return entries.length === 0 ? [] : [el("h2", { title: tag.description }, tag.name),
      el("ul", {}, ...entries.map((entry) => el("li", {}, el("a", { href: `#${entry.operation.operationId}`, title: entry.path },
        el("span", { class: `verb ${entry.method}` }, entry.method.toUpperCase()), el("span", {}, entry.operation.summary)))))];
  }));
}

function route() {
  const wanted = decodeURIComponent(location.hash.slice(1));
  const entry = operations.find((candidate) => candidate.operation.operationId === wanted) || operations[0];
  if (entry) show(entry);
}

async function start() {
  api = await (await fetch("/openapi.json")).json();
  byId("title").textContent = `${api.info.title} API ${api.info.version}`;
  byId("about").replaceChildren(`${api.info.summary} `, el("a", { href: "/openapi.json" }, "openapi.json"));
  operations = Object.entries(api.paths).flatMap(([path, item]) => METHODS.filter((method) => item[method]).map((method) => ({ path, method, operation: item[method] })));
  const token = byId("token");
  token.value = sessionStorage.getItem("token") || "";
  token.addEventListener("input", () => sessionStorage.setItem("token", token.value));
  byId("session").addEventListener("submit", (event) => event.preventDefault());
  byId("filter").addEventListener("input", (event) => index(event.target.value));
  addEventListener("hashchange", () => { route(); byId("content").focus(); });
  addEventListener("keydown", (event) => {
    if (event.key === "/" && !/^(input|textarea)$/i.test(event.target.tagName)) { event.preventDefault(); byId("filter").focus(); }
  });
  index();
  route();
}

start().catch((failure) => { byId("about").textContent = `The document could not be loaded: ${failure.message}`; });
