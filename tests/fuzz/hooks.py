"""What the generated operations are made of, whom they come from, and what every answer is held to."""

import hashlib
import json
import os
import re
import urllib.request

import graphql
import schemathesis
from hypothesis import strategies as st
from schemathesis.graphql import nodes

URL = os.environ["FUZZ_URL"]
# What an answer never shows of what is behind it.
INSIDES = ("panicked at", "SELECT ", "INSERT INTO", "sqlx", "sea_orm", "/crates/", ".rs:")
ID = re.compile(r'"([a-z]+(?:_[a-z]+)*)_([0-9a-hjkmnp-tv-z]{26})"')

texts = st.text(max_size=40)
numbers = st.decimals(allow_nan=False, allow_infinity=False, places=2, min_value=-(10**12), max_value=10**12)
schemathesis.graphql.scalar("Locale", (st.sampled_from(["en", "de-AT", "zh-Hant"]) | texts).map(nodes.String))
schemathesis.graphql.scalar("Decimal", (numbers.map(str) | texts).map(nodes.String))
schemathesis.graphql.scalar("CurrencyCode", (st.sampled_from(["EUR", "USD", "JPY"]) | texts).map(nodes.String))
schemathesis.graphql.scalar("EmailAddress", (st.emails() | texts).map(nodes.String))
schemathesis.graphql.scalar("URL", (st.sampled_from(["https://127.0.0.1/", "https://hook.invalid/a"]) | texts).map(nodes.String))
schemathesis.graphql.scalar("SafeInt", st.integers(-(2**63), 2**63).map(nodes.Int))
schemathesis.graphql.scalar("JSON", texts.map(nodes.String))
schemathesis.graphql.scalar("Upload", st.just(nodes.Null))


class School:
    """Whom the operations come from, and the ids that answers have told of, by the name of their type."""

    def __init__(self):
        self.token = None
        self.ids = {}
        self.schema = None

    def headers(self):
        if self.token is None:
            self.sign_in()
        return {"Authorization": f"Bearer {self.token}"}

    def sign_in(self):
        self.token = ""
        login = """mutation { login(input: {email: "admin@lectern.test", password: "lectern-demo"}) {
            outcome { ... on Session { accessToken } } } }"""
        outcome = json.loads(self.ask(login)).get("data", {}).get("login", {})["outcome"]
        self.token = outcome["accessToken"] if outcome else ""

    def ask(self, query):
        headers = {"Content-Type": "application/json"}
        if self.token:
            headers["Authorization"] = f"Bearer {self.token}"
        request = urllib.request.Request(URL, json.dumps({"query": query}).encode(), headers)
        with urllib.request.urlopen(request, timeout=30) as answer:
            return answer.read().decode()

    def learn(self, text):
        for name, rest in ID.findall(text):
            self.ids.setdefault(name, {})[f"{name}_{rest}"] = None

    def begin(self):
        self.sign_in()
        self.schema = graphql.build_client_schema(json.loads(self.ask(graphql.get_introspection_query()))["data"])
        self.learn(
            self.ask(
                """{ courses(first: 5) { nodes { id instructor { id } category { id }
                    sections { id mediaFiles { id } } quizzes(first: 2) { nodes { id questions { id } } }
                    enrollments(first: 2) { nodes { id user { id } } } reviews(first: 2) { nodes { id } } } } }"""
            )
        )

    def pick(self, chance, hint):
        """An id that there is, most often of the type that is named; one time in four none."""
        if chance % 4 == 0 or not self.ids:
            return None
        fitting = [name for name in self.ids if name.replace("_", "") in hint.lower()] or list(self.ids)
        ids = list(self.ids[fitting[chance // 4 % len(fitting)]])
        return ids[chance // 64 % len(ids)]


school = School()


class RealIds(graphql.Visitor):
    """Puts ids that there are in the place of generated ones, which nothing is found by."""

    def __init__(self, types):
        super().__init__()
        self.types = types
        self.names = []

    def enter_field(self, node, *_):
        self.names.append(node.name.value)

    def leave_field(self, *_):
        self.names.pop()

    def enter_argument(self, node, *_):
        self.names.append(node.name.value)

    def leave_argument(self, *_):
        self.names.pop()

    def enter_object_field(self, node, *_):
        self.names.append(node.name.value)

    def leave_object_field(self, *_):
        self.names.pop()

    def enter_string_value(self, node, *_):
        wanted = self.types.get_input_type()
        if wanted is None or graphql.get_named_type(wanted).name != "ID":
            return None
        chance = int.from_bytes(hashlib.sha256(node.value.encode("utf-8", "surrogatepass")).digest()[:6], "big")
        hint = self.names[-1] if self.names[-1] not in ("id", "ids") else self.names[0]
        found = school.pick(chance, hint)
        return None if found is None else graphql.StringValueNode(value=found)


def with_real_ids(text):
    types = graphql.TypeInfo(school.schema)
    document = graphql.parse(text)
    return graphql.print_ast(graphql.visit(document, graphql.TypeInfoVisitor(types, RealIds(types))))


@schemathesis.hook
def before_call(context, case, kwargs):
    if school.schema is None:
        school.begin()
    if isinstance(case.body, str):
        case.body = with_real_ids(case.body)
    case.headers = {**(case.headers or {}), **school.headers()}


@schemathesis.hook
def after_call(context, case, response):
    text = response.content.decode("utf-8", "replace")
    school.learn(text)
    # Signed out, by one of the operations: the next one signs in again.
    if '"UNAUTHENTICATED"' in text:
        school.token = None


@schemathesis.check
def is_told_properly(ctx, response, case):
    """A refusal has a code that says what is wrong with the operation. INTERNAL is a mistake of ours, as is 500."""
    assert response.status_code < 500, f"the status is {response.status_code}"
    for error in response.json().get("errors", []):
        code = error.get("extensions", {}).get("code")
        assert code is not None, f"an error without a code: {error}"
        assert code != "INTERNAL", f"INTERNAL: {error}"
        shown = [inside for inside in INSIDES if inside in error["message"]]
        assert not shown, f"the message shows {shown}: {error['message']}"
