//! The served program, asked as the pages ask it.

use serde_json::{Value as Json, json};
use std::{
    io::{BufRead, BufReader},
    process::{Child, Command, Stdio},
};
use ureq::{Agent, http::Request};

/// A running server of the test's own; it ends with the test.
pub struct Served {
    /// Its process.
    pub child: Child,
    base: String,
}

impl Served {
    /// Serves a data folder on a free port.
    pub fn start(data: &str) -> Self {
        let words = ["serve", "--data", data, "--listen", "127.0.0.1:0"];
        let mut child = Command::new(env!("CARGO_BIN_EXE_yanpan")).args(words).stderr(Stdio::piped()).spawn().unwrap();
        let mut said = BufReader::new(child.stderr.take().unwrap()).lines().map_while(Result::ok);
        let base = said.find_map(|line| line.find("http://").map(|at| line[at..].trim().to_owned())).unwrap();
        // What it says later must not fill the pipe.
        std::thread::spawn(move || said.for_each(drop));
        Self { child, base }
    }

    /// A browser in which someone has signed in.
    pub fn sign_in(&self, login: &str, password: &str) -> Browser {
        let agent = Agent::config_builder().http_status_as_error(false).build().into();
        let mut browser = Browser { agent, base: self.base.clone(), cookie: String::new(), csrf: String::new() };
        let (status, said) = browser.ask("POST", "/session", &json!({ "login": login, "password": password }));
        assert_eq!(status, 200, "{login}: {said}");
        browser
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// A browser with its connection, cookie and token.
pub struct Browser {
    agent: Agent,
    base: String,
    cookie: String,
    csrf: String,
}

impl Browser {
    /// One request with a JSON body; status and answer.
    pub fn ask(&mut self, method: &str, path: &str, body: &Json) -> (u16, Json) {
        let (status, bytes) = self.send(method, path, "application/json", body.to_string().into_bytes());
        let said: Json = serde_json::from_slice(&bytes).unwrap_or(Json::Null);
        if let Some(csrf) = said["csrf"].as_str() {
            self.csrf = csrf.to_owned();
        }
        (status, said)
    }

    /// A request that must go well.
    pub fn good(&mut self, method: &str, path: &str, body: &Json) -> Json {
        let (status, said) = self.ask(method, path, body);
        assert!((200..300).contains(&status), "{method} {path}: {status} {said}");
        said
    }

    /// Bytes of a file.
    pub fn download(&mut self, path: &str) -> Vec<u8> {
        let (status, bytes) = self.send("GET", path, "application/json", Vec::new());
        assert_eq!(status, 200, "{path}");
        bytes
    }

    /// Uploads a file with other fields beside it.
    pub fn upload(&mut self, path: &str, (name, bytes): (&str, &[u8]), fields: &[(&str, &str)]) -> (u16, Json) {
        let mut body = Vec::new();
        for (key, value) in fields {
            let part = format!("--cut\r\ncontent-disposition: form-data; name=\"{key}\"\r\n\r\n{value}\r\n");
            body.extend(part.into_bytes());
        }
        let head = format!("--cut\r\ncontent-disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
        body.extend(head.into_bytes());
        body.extend(bytes);
        body.extend(b"\r\n--cut--\r\n");
        let (status, said) = self.send("POST", path, "multipart/form-data; boundary=cut", body);
        (status, serde_json::from_slice(&said).unwrap_or(Json::Null))
    }

    fn send(&mut self, method: &str, path: &str, media: &str, body: Vec<u8>) -> (u16, Vec<u8>) {
        let request = Request::builder()
            .method(method)
            .uri(format!("{}/api/v1{path}", self.base))
            .header("content-type", media)
            .header("cookie", &self.cookie)
            .header("x-csrf-token", &self.csrf);
        let answer = match method {
            "GET" => self.agent.run(request.body(()).unwrap()),
            _ => self.agent.run(request.body(body).unwrap()),
        };
        let mut answer = answer.unwrap();
        if let Some(set) = answer.headers().get("set-cookie").and_then(|value| value.to_str().ok()) {
            self.cookie = set.split(';').next().unwrap_or_default().to_owned();
        }
        let bytes = answer.body_mut().with_config().limit(64 << 20).read_to_vec().unwrap();
        (answer.status().as_u16(), bytes)
    }
}
