"""What names a framework where no route of it was read: imports in server code, and a few dependencies."""

from __future__ import annotations

IMPORTED = {
    "python": {
        "flask_restful": "Flask",
        "flask_restx": "Flask",
        "rest_framework": "Django REST framework",
        "flask": "Flask",
        "fastapi": "FastAPI",
        "django.http": "Django",
        "django.urls": "Django",
        "django.views": "Django",
        "sanic": "Sanic",
        "bottle": "Bottle",
        "falcon": "Falcon",
        "cherrypy": "CherryPy",
        "tornado.web": "Tornado",
        "aiohttp.web": "aiohttp",
        "graphene": "Graphene",
        "strawberry": "Strawberry",
        "ariadne": "Ariadne",
        "spyne": "spyne",
        "grpc": "gRPC",
    },
    "node": {
        "@nestjs/platform-fastify": "Fastify",
        **dict.fromkeys(
            (
                *("routing-controllers.createExpressServer", "routing-controllers.useExpressServer"),
                *("inversify-express-utils", "@overnightjs/core", "@tsed/platform-express"),
            ),
            "Express",
        ),
        "routing-controllers.createKoaServer": "Koa",
        "routing-controllers.useKoaServer": "Koa",
        "@tsed/platform-koa": "Koa",
        "type-graphql": "type-graphql",
        "@nestjs/graphql": "NestJS GraphQL",
        "apollo-server": "Apollo",
        "apollo-server-express": "Apollo",
        "apollo-server-koa": "Apollo",
        "apollo-server-fastify": "Apollo",
        "apollo-server-hapi": "Apollo",
        "apollo-server-lambda": "Apollo",
        "apollo-server-micro": "Apollo",
        "@apollo/server": "Apollo",
        "@nestjs/apollo": "Apollo",
        "graphql-yoga": "GraphQL Yoga",
        "mercurius": "Mercurius",
        "express-graphql": "express-graphql",
        "@grpc/grpc-js": "gRPC",
        "soap": "node-soap",
    },
    "jvm": {
        "org.springframework.boot": "Spring Boot",
        "org.springframework.ws": "Spring Web Services",
        "org.springframework.graphql": "Spring GraphQL",
        "javax.jws": "JAX-WS",
        "jakarta.jws": "JAX-WS",
        "io.quarkus": "Quarkus",
        "io.micronaut": "Micronaut",
        "io.ktor.server": "Ktor",
        "io.javalin": "Javalin",
        "io.dropwizard": "Dropwizard",
        "io.vertx.ext.web": "Vert.x",
        "play.mvc": "Play",
        "com.netflix.graphql.dgs": "Netflix DGS",
        "io.grpc": "gRPC",
        "net.devh.boot.grpc": "gRPC",
    },
    "dotnet": {
        "Microsoft.AspNetCore": "ASP.NET Core",
        "Microsoft.AspNetCore.SignalR": "SignalR",
        "HotChocolate": "HotChocolate",
        "GraphQL": "GraphQL.NET",
        "Grpc.Core": "gRPC",
        "CoreWCF": "CoreWCF",
        "System.ServiceModel": "WCF",
        "SoapCore": "SoapCore",
    },
    "php": {
        "Illuminate.Foundation": "Laravel",
        "Illuminate.Routing": "Laravel",
        "Symfony.Bundle.FrameworkBundle": "Symfony",
        "ApiPlatform": "API Platform",
        "Slim": "Slim",
        "Silex": "Silex",
        "FastRoute": "FastRoute",
        "CodeIgniter": "CodeIgniter",
        **dict.fromkeys(("Cake.Controller", "Cake.Http", "Cake.Routing", "Cake.View", "Cake.Core"), "CakePHP"),
        "yii": "Yii",
        "Nuwave.Lighthouse": "Lighthouse",
    },
    "ruby": {"sinatra": "Sinatra", "grape": "Grape", "rails": "Ruby on Rails"},
    "go": {
        "google.golang.org/grpc": "gRPC",
        "connectrpc.com/connect": "gRPC",
        "github.com/go-kratos/kratos": "Kratos",
        "github.com/99designs/gqlgen": "gqlgen",
    },
}
"""Modules of an ecosystem whose import in server code is the framework's use; what lies below them counts too."""

NOT_SERVING = {
    "GraphQL.NET": ("GraphQL.Client", "GraphQL.Server.Ui"),
    "WCF": ("System.ServiceModel.Channels",),
}
"""Modules of a framework that clients and tools use: a file that imports one shows no use of the framework."""

LOOK_ALIKES = {
    "Express": ("HyperExpress", "Polka", "Restify", "itty-router", "restana", "tinyhttp"),
    "Symfony": ("Silex",),
    "Silex": ("Slim",),
}
"""Frameworks that a file's routes alone name, with those that declare theirs in the same words: where one of these
shows, a file that imports neither was handed its router by it, unless something imports or declares the former."""

BORROWED = {"ASP.NET Core": "Azure Functions"}
"""Frameworks whose types the functions of another one are given: only routes or a manifest show their own use then."""

DECLARED = {
    ("maven", "spring-boot-starter-web"): "Spring Boot",
    ("maven", "spring-boot-starter-webflux"): "Spring Boot",
    ("maven", "spring-boot-starter-parent"): "Spring Boot",
    ("maven", "spring-boot-starter-data-jpa"): "Spring Boot",
    ("maven", "spring-boot-starter"): "Spring Boot",
    ("maven", "spring-boot-starter-web-services"): "Spring Web Services",
    ("maven", "spring-cloud-starter-gateway"): "Spring Cloud Gateway",
    ("maven", "spring-cloud-starter-gateway-mvc"): "Spring Cloud Gateway",
    ("maven", "spring-cloud-starter-gateway-server-webflux"): "Spring Cloud Gateway",
    ("maven", "spring-cloud-starter-gateway-server-webmvc"): "Spring Cloud Gateway",
    ("maven", "quarkus-arc"): "Quarkus",
    ("maven", "quarkus-rest"): "Quarkus",
    ("maven", "quarkus-rest-jackson"): "Quarkus",
    ("maven", "quarkus-rest-jsonb"): "Quarkus",
    ("maven", "quarkus-resteasy"): "Quarkus",
    ("maven", "quarkus-resteasy-jackson"): "Quarkus",
    ("maven", "quarkus-resteasy-jsonb"): "Quarkus",
    ("maven", "quarkus-resteasy-reactive"): "Quarkus",
    ("maven", "quarkus-resteasy-reactive-jackson"): "Quarkus",
    ("maven", "quarkus-resteasy-reactive-jsonb"): "Quarkus",
    ("maven", "quarkus-kotlin"): "Quarkus",
    ("maven", "quarkus-grpc"): "Quarkus",
    ("maven", "quarkus-smallrye-graphql"): "Quarkus",
    ("maven", "micronaut-http-server-netty"): "Micronaut",
    ("maven", "dropwizard-core"): "Dropwizard",
    ("nuget", "microsoft.net.sdk.web"): "ASP.NET Core",
    ("composer", "laravel/framework"): "Laravel",
    ("composer", "laravel/lumen-framework"): "Lumen",
    ("composer", "symfony/framework-bundle"): "Symfony",
    ("composer", "api-platform/core"): "API Platform",
    ("rubygems", "rails"): "Ruby on Rails",
}
"""Dependencies that only an application built on the framework declares, by ecosystem of the manifest."""

BUILT_ON = {"FastAPI": "Starlette"}
"""What is not named beside the framework that is built on it."""

ECOSYSTEM_OF_MANIFEST = {
    "pypi": "python",
    "npm": "node",
    "maven": "jvm",
    "nuget": "dotnet",
    "composer": "php",
    "rubygems": "ruby",
    "go": "go",
}
"""The languages that a manifest speaks for."""
