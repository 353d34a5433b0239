package io.onebalance.console.pages.chart;

/// A chart: its title, and as JSON what our script draws. `empty` where there is nothing to draw.
public record Chart(String title, String json, boolean empty) {}
