"""READMEs that generators write, by sentences that stand in no other."""

from __future__ import annotations

TEMPLATES: tuple[tuple[str, int, tuple[str, ...]], ...] = (
    ("Create React App", 700, (
        "was bootstrapped with create react app",
        "runs the app in the development mode",
        "launches the test runner in the interactive watch mode",
        "this is a one-way operation",
        "builds the app for production to the",
    )),
    ("AWS Lambda's .NET templates", 900, (
        "this starter project consists of",
        "you may also have a test project depending on the options selected",
        "here are some steps to follow from visual studio",
        "here are some steps to follow to get started from the command line",
        "replace the body of this method and",
    )),
    ("Hanami", 120, (
        "welcome to your new hanami project",
        "how to run the development console",
        "how to prepare (create and migrate) db for",
    )),
    ("Micronaut Launch", 120, (
        "micronaut guides",
        "configuration reference",
        "micronaut http client documentation",
        "micronaut hikari jdbc connection pool documentation",
        "micronaut data jdbc documentation",
    )),
    ("NestJS starter", 420, (
        "a progressive node.js framework for building efficient and scalable server-side applications",
        "framework typescript starter repository",
        "nest is an mit-licensed open source project",
        "author - kamil myśliwiec",
        "nest is mit licensed",
    )),
    ("the standard layout of Go projects", 6_000, (
        "this is a basic layout for go application projects",
        "this project layout is intentionally generic",
        "это базовый макет организации проектов, разработанных на go",
        "этот шаблон организации проекта намеренно сделан обобщенным",
    )),
    ("Angular CLI", 320, (
        "was generated with angular cli",
        "was generated using angular cli",
        "the application will automatically reload",
        "to get more help on the angular cli",
        "code scaffolding",
        "to start a local development server, run",
    )),
    ("Laravel", 650, (
        "laravel is a web application framework with expressive, elegant syntax",
        "laravel has the most extensive and thorough documentation",
        "thank you for considering contributing to the laravel framework",
        "if you discover a security vulnerability within laravel",
        "laracasts",
    )),
    ("Ruby on Rails", 220, (
        "this readme would normally document whatever steps are necessary to get the",
        "things you may want to cover",
        "services (job queues, cache servers, search engines, etc.)",
        "how to run the test suite",
    )),
    ("Vite", 260, (
        "this template provides a minimal setup to get react working in vite",
        "two official plugins are available",
        "this template should help get you started developing with vue 3 in vite",
        "expanding the eslint configuration",
        "react compiler is not enabled on this template",
    )),
    ("Next.js", 320, (
        "this is a next.js project bootstrapped with create-next-app",
        "you can start editing the page by modifying",
        "the page auto-updates as you edit the file",
        "the easiest way to deploy your next.js app",
        "learn next.js - an interactive next.js tutorial",
    )),
    ("Nuxt", 220, (
        "look at the nuxt",
        "make sure to install the dependencies",
        "start the development server on",
        "locally preview production build",
    )),
    ("Vue CLI", 160, (
        "compiles and hot-reloads for development",
        "compiles and minifies for production",
        "lints and fixes files",
    )),
    ("Spring Initializr", 420, (
        "for further reference, please consider the following sections",
        "the following guides illustrate how to use some features concretely",
        "official apache maven documentation",
        "spring boot maven plugin reference guide",
    )),
    ("Quarkus", 450, (
        "this project uses quarkus, the supersonic subatomic java framework",
        "you can run your application in dev mode that enables live coding using",
        "you can then execute your native executable with",
        "easily start your rest web services",
    )),
    ("Ktor", 400, (
        "this project was created using the",
        "here are some useful links to get you started",
        "here's a list of features included in this project",
        "to build or run the project, use one of the following tasks",
        "if the server starts successfully, you'll see the following output",
    )),
    ("Fastify-CLI", 150, (
        "this project was bootstrapped with fastify-cli",
        "to start the app in dev mode",
        "to learn fastify, check out",
    )),
    ("CakePHP", 350, (
        "a skeleton for creating applications with",
        "you can now either use your machine's webserver to view the default home page",
        "since this skeleton is a starting point for your application",
    )),
    ("Yii 2", 1_200, (
        "project template is a skeleton",
        "the template contains the basic features including user login/logout and a contact page",
        "it includes all commonly used configurations that would allow you to focus on adding new",
    )),
    ("AWS CDK", 150, (
        "this is a blank project for cdk development",
        "tells the cdk toolkit how to execute your app",
    )),
    ("AWS SAM", 1_300, (
        "this project contains source code and supporting files for a serverless application",
        "is an extension of the aws cli that adds functionality for building and testing lambda applications",
        "to build and deploy your application for the first time, run the following in your shell",
    )),
    ("Strapi", 300, (
        "strapi comes with a full featured",
        "start your strapi application with autoreload enabled",
        "strapi gives you many possible deployment options",
    )),
    ("Feathers", 250, (
        "this project uses feathers",
        "getting up and running is as easy as 1, 2, 3",
        "feathers has a powerful command line interface",
    )),
    ("LoopBack", 300, (
        "this application is generated using loopback 4 cli",
        "by default, dependencies were installed when this application was generated",
    )),
    ("SvelteKit", 200, (
        "everything you need to build a svelte project",
        "once you've created a project and installed dependencies",
    )),
    ("Dropwizard", 120, (
        "to check that your application is running enter url",
        "to see your applications health enter url",
    )),
    ("mage2gen", 150, (
        "unzip the zip file in",
        "flush the cache by running",
        "make the module available in a composer repository for example",
        "public github repository as vcs",
    )),
    ("Express generator", 160, (
        "generated by express-generator",
        "express application generator",
    )),
    ("FastAPI or Django cookiecutter", 420, (
        "built with cookiecutter django",
        "behold my awesome project",
        "moved to settings",
        "to create a superuser account, use this command",
        "this app comes with celery",
    )),
    ("Symfony", 260, (
        "a symfony project created on",
        "symfony standard edition",
        "welcome to the symfony standard edition",
    )),
    ("Azure DevOps", 260, (
        "todo: give a short introduction of your project",
        "todo: guide users through getting your code up and running",
        "todo: describe and show how to build your code",
        "todo: explain how other users and developers can contribute",
    )),
    ("GitLab", 800, (
        "to make it easy for you to get started with gitlab, here's a list of recommended next steps",
        "already a pro? just edit this readme.md and make it your own",
        "use the template at the bottom",
        "every project is different, so consider which of these sections apply to yours",
    )),
    ("Serverless Framework", 520, (
        "serverless framework node express api on aws",
        "this template demonstrates how to develop and deploy",
        "in order to deploy the example, you need to run the following command",
        "after successful deployment, you can create a new user",
    )),
    ("Flutter", 160, (
        "a new flutter project",
        "this project is a starting point for a flutter application",
        "lab: write your first flutter app",
    )),
    ("T3", 260, (
        "this is a t3 stack project bootstrapped with create-t3-app",
        "what's next? how do i make an app with this",
    )),
    ("Expo", 320, (
        "this is an expo project created with create-expo-app",
        "in the output, you'll find options to open the app in a",
    )),
    ("CodeIgniter", 520, (
        "codeigniter is a php full-stack web framework that is light, fast, flexible and secure",
        "this repository holds a composer-installable app starter",
        "composer create-project codeigniter4/appstarter",
    )),
    ("Slim skeleton", 260, (
        "use this skeleton application to quickly setup and start working on a new slim framework 4 application",
        "this skeleton application was built for composer",
    )),
    ("Best README template", 900, (
        "there are many great readme templates available on github",
        "here's a blank template to get started",
        "this is where you should list any major frameworks/libraries used to bootstrap your project",
    )),
)  # fmt: skip
"""Generator, words of its README (with leeway), and sentences of it, in lower case without marks."""
