"""Prints and loggers."""

from __future__ import annotations

import re

from reviewer.gather.frameworks.go._dialects import bare_module
from reviewer.gather.look import look_at, words
from reviewer.gather.reader import Kept, Reader
from reviewer.gather.signs._emit import keep
from reviewer.gather.signs.go._go import GO, head_of
from reviewer.gather.syntax import Module
from reviewer.model.facts.code import SignKind

PRINTS = words("fmt.Println fmt.Print fmt.Printf println print spew.Dump")
LOGGERS = {
    "log/slog": "slog",
    "log": "log",
    "github.com/sirupsen/logrus": "logrus",
    "go.uber.org/zap": "zap",
    "github.com/rs/zerolog": "zerolog",
    "github.com/rs/zerolog/log": "zerolog",
    "github.com/golang/glog": "glog",
    "k8s.io/klog": "klog",
    "github.com/go-kratos/kratos/log": "Kratos log",
    "github.com/zeromicro/go-zero/core/logx": "logx",
    "github.com/tal-tech/go-zero/core/logx": "logx",
    "github.com/charmbracelet/log": "charmbracelet/log",
    "github.com/phuslu/log": "phuslu/log",
    "golang.org/x/exp/slog": "slog",
    "github.com/inconshreveable/log15": "log15",
    "unknwon.dev/clog": "clog",
    "github.com/gofiber/fiber/log": "Fiber log",
    "github.com/labstack/gommon/log": "gommon log",
}
LEVELS = words(
    "Debug Info Warn Warning Error Fatal Panic Trace Debugf Infof Warnf Errorf Fatalf Tracef Debugw Infow Warnw Errorw"
    " InfoContext ErrorContext WarnContext DebugContext Print Printf Println Fatalln Msg Msgf Debugln Infoln Errorln"
)
MAKERS = words("New NewProduction NewDevelopment SetFormatter WithContext With")
HELD = re.compile(r"^(?:\w*log(?:ger)?|sugar|l|lg|zlog|slog|Log|Logger|Sugar)$|[lL]og(?:ger)?$")


def read(module: Module, kept: Kept) -> None:
    """``fmt.Println`` and its like, and log calls."""
    look = look_at(module)
    aliases = {
        item.alias: LOGGERS[bare_module(item.module)] for item in module.imports if bare_module(item.module) in LOGGERS
    }
    for call in module.calls:
        if call.name in PRINTS and call.name.partition(".")[0] not in look.outer_functions:
            keep(kept, look, SignKind.PRINT, call, call.name)
            continue
        library = aliases.get(call.name.partition(".")[0])
        if library and (call.last in LEVELS or call.last in MAKERS):
            keep(kept, look, SignKind.LOGGER, call, library)
        elif call.last in LEVELS and HELD.search(head_of(call)) and not library:
            keep(kept, look, SignKind.LOGGER, call, call.name)


PRINTS_GO = Reader(name="prints and loggers (Go)", languages=GO, read=read)
