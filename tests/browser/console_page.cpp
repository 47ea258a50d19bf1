#include "browser/console_page.hpp"

void publish(tab& page, std::string const& topic, std::string const& data) {
    page.click("#publish [value=topic]");
    page.evaluate("document.getElementById('publish-topic').focus()");
    page.evaluate("document.getElementById('publish-topic').select()");
    page.type(topic);
    page.evaluate("document.getElementById('publish-data').focus()");
    page.evaluate("document.getElementById('publish-data').select()");
    page.type(data);
    page.click("#publish-send");
}

void tail(tab& page, std::string const& topic) {
    page.evaluate("document.getElementById('tail-topic').focus()");
    page.evaluate("document.getElementById('tail-topic').select()");
    page.type(topic);
    page.click("#tail-start");
    page.await_text("#tail-state", "watching");
    page.await_text("#tail-events", "Successfully connected");
}
