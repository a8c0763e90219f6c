"""What of a framework is used beside its routes, by the names that code calls, decorates, derives from and imports.

``c:`` is a call, by the end of its dotted name; ``d:`` a decorator, annotation or attribute by its last name; ``b:`` a
base class or interface by its last name; ``i:`` the beginning of what is imported; ``t:`` a string that is a setting's
name.
"""

from __future__ import annotations

PYTHON_PARTS = {
    "configuration": "c:config.update c:config.from_object c:config.from_mapping c:config.from_pyfile "
    "i:pydantic_settings "
    "b:BaseSettings i:django.conf",
    "sessions": "t:tools.sessions.on i:flask.session i:flask_session i:starlette.middleware.sessions",
    "static files": "t:tools.staticdir.on t:tools.staticfile.on t:tools.staticdir.dir i:fastapi.staticfiles "
    "i:starlette.staticfiles c:send_from_directory c:add_static",
    "hooks and middleware": "d:before_request d:after_request d:teardown_request d:teardown_appcontext "
    "d:context_processor "
    "d:on_event d:middleware c:add_middleware b:BaseHTTPMiddleware b:MiddlewareMixin b:Tool d:hook",
    "JSON tools": "d:json_in d:json_out t:tools.json_in.on t:tools.json_out.on",
    "dispatchers": "i:cherrypy.dispatch c:MethodDispatcher c:RoutesDispatcher t:request.dispatch",
    "serializers": "i:rest_framework.serializers b:ModelSerializer b:Serializer b:SQLAlchemyAutoSchema "
    "i:flask_marshmallow",
    "generic views": "i:rest_framework.generics i:rest_framework.viewsets i:django.views.generic",
    "permissions": "i:rest_framework.permissions b:BasePermission",
    "filters": "i:django_filters i:rest_framework.filters",
    "signals": "i:django.dispatch i:django.db.models.signals d:receiver",
    "admin": "c:admin.site.register b:ModelAdmin",
    "forms": "b:ModelForm b:FlaskForm i:django.forms i:flask_wtf",
    "commands": "b:BaseCommand i:flask.cli",
    "models": "i:django.db.models i:flask_sqlalchemy i:sqlmodel",
    "migrations": "i:flask_migrate",
    "templates": "c:render_template i:fastapi.templating i:django.shortcuts.render",
    "background tasks": "i:fastapi.BackgroundTasks i:starlette.background",
    "dependency injection": "i:fastapi.Depends c:Depends",
    "uploads": "i:fastapi.UploadFile",
    "authentication": "i:fastapi.security i:django.contrib.auth i:flask_login i:flask_jwt_extended",
    "lifespan": "i:contextlib.asynccontextmanager",
    "web sockets": "i:fastapi.WebSocket i:channels i:flask_socketio",
    "caching": "i:django.core.cache i:flask_caching",
    "mail": "i:django.core.mail i:flask_mail",
}

ECMA_PARTS = {
    "providers": "d:Injectable",
    "interceptors": "d:UseInterceptors c:useGlobalInterceptors i:@nestjs/common.NestInterceptor "
    "i:@nestjs/core.APP_INTERCEPTOR",
    "pipes": "d:UsePipes c:useGlobalPipes i:@nestjs/common.PipeTransform i:@nestjs/core.APP_PIPE "
    "i:@nestjs/common.ParseIntPipe i:@nestjs/common.ParseUUIDPipe i:@nestjs/common.ValidationPipe",
    "exception filters": "d:UseFilters d:Catch c:useGlobalFilters i:@nestjs/core.APP_FILTER",
    "HTTP exceptions": "c:NotFoundException c:BadRequestException c:HttpException c:UnauthorizedException "
    "c:ForbiddenException c:ConflictException c:UnprocessableEntityException c:InternalServerErrorException",
    "own decorators": "c:createParamDecorator c:SetMetadata c:applyDecorators",
    "configuration": "i:@nestjs/config i:@fastify/env",
    "middleware": "i:@nestjs/common.NestMiddleware",
    "microservices": "i:@nestjs/microservices",
    "scheduling": "i:@nestjs/schedule",
    "events": "i:@nestjs/event-emitter i:@nestjs/cqrs",
    "web sockets": "d:WebSocketGateway i:socket.io i:@fastify/websocket",
    "data modules": "i:@nestjs/typeorm i:@nestjs/mongoose i:@nestjs/sequelize",
    "GraphQL": "i:@nestjs/graphql",
    "authentication": "i:@nestjs/passport i:@nestjs/jwt i:@fastify/jwt i:passport i:koa-passport i:koa-jwt",
    "body parsing": "c:express.json c:express.urlencoded c:bodyParser.json c:bodyParser.urlencoded i:body-parser "
    "i:koa-body i:koa-bodyparser i:@koa/bodyparser i:@fastify/formbody",
    "static files": "c:express.static i:koa-static i:@fastify/static i:@nestjs/serve-static",
    "sessions": "i:express-session i:cookie-session i:koa-session i:@fastify/session",
    "cookies": "i:cookie-parser i:@fastify/cookie",
    "uploads": "i:multer i:express-fileupload i:@fastify/multipart i:@koa/multer",
    "views": "c:res.render i:@fastify/view i:koa-views",
    "request logs": "i:morgan i:express-winston i:koa-logger i:pino-http",
    "plugins": "i:fastify-plugin i:@fastify/autoload",
    "hooks": "c:addHook",
    "decorated instances": "c:decorate c:decorateRequest c:decorateReply",
    "shared schemas": "c:addSchema",
    "error handling": "c:setErrorHandler c:setNotFoundHandler c:ctx.throw",
}

INSTALLED = {
    "StatusPages": "error handling",
    "Authentication": "authentication",
    "ContentNegotiation": "content negotiation",
    "CallLogging": "call logs",
    "CORS": "CORS",
    "Sessions": "sessions",
    "WebSockets": "web sockets",
    "Koin": "injection",
    "RequestValidation": "validation",
    "RateLimit": "rate limits",
    "MicrometerMetrics": "metrics",
    "CachingHeaders": "caching",
    "DefaultHeaders": "default headers",
    "CallId": "call ids",
    "SwaggerUI": "API description",
}
"""Plugins of Ktor; of others the name is the part."""

JVM_PARTS = {
    "beans": "d:Service d:Component d:Repository",
    "bean configuration": "d:Configuration d:Bean",
    "configuration": "d:ConfigurationProperties d:Value d:ConfigProperty c:environment.config.property",
    "error handling": "d:ControllerAdvice d:RestControllerAdvice d:ExceptionHandler b:ExceptionMapper c:StatusPages "
    "i:io.ktor.server.plugins.statuspages i:io.ktor.features.StatusPages d:ResponseStatus",
    "transactions": "d:Transactional",
    "scheduling": "d:Scheduled d:Async",
    "caching": "d:Cacheable d:CacheEvict d:EnableCaching",
    "events": "d:EventListener i:org.springframework.context.ApplicationEvent "
    "i:org.springframework.context.ApplicationEventPublisher d:TransactionalEventListener",
    "repositories": "b:JpaRepository b:CrudRepository b:MongoRepository b:PagingAndSortingRepository "
    "b:ReactiveCrudRepository "
    "b:ListCrudRepository b:PanacheRepository b:PanacheEntity b:ReactiveMongoRepository b:CassandraRepository",
    "authentication": "i:org.springframework.security i:io.ktor.server.auth i:io.ktor.auth d:RolesAllowed",
    "filters": "b:OncePerRequestFilter b:HandlerInterceptor b:ContainerRequestFilter b:GenericFilterBean b:WebFilter",
    "aspects": "d:Aspect",
    "messaging": "d:KafkaListener d:RabbitListener d:JmsListener d:Incoming d:Outgoing",
    "SOAP": "i:org.springframework.ws",
    "clients": "i:org.springframework.web.client d:FeignClient i:org.springframework.web.reactive.function.client "
    "d:RegisterRestClient",
    "profiles": "d:Profile",
    "entities": "d:Entity d:Document",
    "pages": "i:org.springframework.data.domain.Page i:org.springframework.data.domain.Pageable "
    "i:org.springframework.data.domain.PageRequest",
    "injection": "d:Inject d:ApplicationScoped d:RequestScoped i:org.koin i:org.kodein",
    "content negotiation": "i:io.ktor.server.plugins.contentnegotiation i:io.ktor.features.ContentNegotiation",
    "call logs": "i:io.ktor.server.plugins.callloging i:io.ktor.server.plugins.calllogging "
    "i:io.ktor.features.CallLogging",
    "CORS": "d:CrossOrigin i:io.ktor.server.plugins.cors i:io.ktor.features.CORS",
    "sessions": "i:io.ktor.server.sessions i:io.ktor.sessions",
    "web sockets": "i:io.ktor.server.websocket i:io.ktor.websocket i:org.springframework.web.socket "
    "i:org.springframework.messaging",
    "batch jobs": "i:org.springframework.batch",
}

DOTNET_PARTS = {
    "dependency injection": "c:AddScoped c:AddTransient c:AddSingleton c:AddAWSService",
    "middleware": "c:UseMiddleware b:IMiddleware",
    "data context": "c:AddDbContext c:AddDbContextPool c:AddDbContextFactory",
    "identity": "c:AddIdentity c:AddIdentityCore c:AddDefaultIdentity c:AddIdentityApiEndpoints",
    "filters": "b:ActionFilterAttribute b:IActionFilter b:IAsyncActionFilter b:IExceptionFilter b:IEndpointFilter "
    "b:ExceptionFilterAttribute",
    "options": "c:services.Configure c:AddOptions",
    "configuration": "c:GetSection c:GetConnectionString",
    "background services": "b:BackgroundService b:IHostedService c:AddHostedService",
    "error handling": "c:UseExceptionHandler c:AddProblemDetails c:AddExceptionHandler",
    "clients": "c:AddHttpClient",
    "caching": "c:AddMemoryCache c:AddStackExchangeRedisCache c:AddOutputCache c:AddResponseCaching",
    "real time": "c:MapHub b:Hub",
    "authorization": "c:AddAuthorization b:AuthorizationHandler d:Authorize",
    "authentication": "c:AddJwtBearer c:AddAuthentication",
    "health checks": "c:AddHealthChecks",
}

PHP_PARTS = {
    "validation": "b:FormRequest c:form_validation.set_rules i:Symfony.Component.Validator",
    "API resources": "b:JsonResource b:ResourceCollection",
    "service providers": "b:ServiceProvider c:app.bind c:app.singleton c:app.when",
    "transactions": "c:DB.transaction c:DB.beginTransaction c:wrapInTransaction c:trans_start",
    "models": "i:Illuminate.Database.Eloquent.Model i:Illuminate.Database.Eloquent.Builder "
    "i:Illuminate.Database.Eloquent.Relations i:Illuminate.Database.Eloquent.Factories "
    "i:Illuminate.Database.Eloquent.SoftDeletes i:Illuminate.Database.Eloquent.Concerns b:CI_Model "
    "i:CodeIgniter.Model i:Doctrine.ORM b:ActiveRecord",
    "policies and gates": "c:Gate.define c:this.authorize i:Illuminate.Auth.Access b:Voter c:denyAccessUnlessGranted",
    "events": "i:Illuminate.Foundation.Events c:event i:Symfony.Component.EventDispatcher",
    "queues": "i:Illuminate.Contracts.Queue i:Symfony.Component.Messenger",
    "mail": "b:Mailable c:Mail.to i:Symfony.Component.Mailer",
    "notifications": "b:Notification",
    "commands": "b:Command",
    "caching": "c:Cache.remember c:Cache.get i:Symfony.Contracts.Cache",
    "storage": "c:Storage.disk c:Storage.put",
    "middleware": "i:Closure b:FilterInterface i:Psr.Http.Server.MiddlewareInterface c:app.add",
    "factories": "b:Factory",
    "forms": "b:AbstractType i:Symfony.Component.Form",
    "serializer": "i:Symfony.Component.Serializer i:JMS.Serializer",
    "authentication": "i:Symfony.Component.Security c:Auth.user c:Auth.attempt c:auth",
    "HTTP exceptions": "i:Symfony.Component.HttpKernel.Exception i:Slim.Exception",
    "container": "i:Psr.Container i:DI",
    "error handling": "c:addErrorMiddleware",
    "body parsing": "c:addBodyParsingMiddleware",
    "libraries": "c:load.library c:load.helper",
    "sessions": "c:session.set_userdata c:session.userdata c:session.put i:Slim.Flash",
    "views": "c:load.view i:Slim.Views c:this.render i:Twig",
    "client": "i:Illuminate.Support.Facades.Http i:Symfony.Contracts.HttpClient",
}

RUBY_PARTS = {
    "filters": "c:before_action c:after_action c:around_action c:before_filter c:before c:after",
    "error handling": "c:rescue_from c:error c:not_found",
    "validation": "c:validates c:validate c:validates_presence_of c:validates_uniqueness_of c:validates_length_of",
    "associations": "c:has_many c:belongs_to c:has_one c:has_and_belongs_to_many",
    "scopes": "c:scope c:default_scope",
    "model callbacks": "c:before_save c:after_create c:before_create c:after_save c:after_commit c:before_validation "
    "c:before_destroy c:after_destroy",
    "mailers": "b:ApplicationMailer",
    "jobs": "b:ApplicationJob c:perform_later",
    "serializers": "b:Serializer b:BaseSerializer b:ApplicationSerializer",
    "authentication": "c:has_secure_password c:authenticate_user! c:devise c:authenticate_with_http_token",
    "strong parameters": "c:permit",
    "channels": "b:Channel c:broadcast_to",
    "caching": "c:Rails.cache.fetch c:Rails.cache.read",
    "enums": "c:enum",
    "nested attributes": "c:accepts_nested_attributes_for",
    "configuration": "c:configure c:set c:enable",
    "helpers": "c:helpers c:helper_method",
    "views": "c:erb c:haml c:slim",
    "extensions": "c:register",
}

GO_PARTS = {
    "middleware": "c:Use i:github.com/labstack/echo/v4/middleware i:github.com/go-chi/chi/v5/middleware",
    "route groups": "c:Group",
    "binding": "c:ShouldBindJSON c:BindJSON c:ShouldBind c:ShouldBindQuery c:ShouldBindUri c:ShouldBindWith c:Bind "
    "c:BodyParser",
    "validators": "i:github.com/go-playground/validator i:gopkg.in/go-playground/validator c:RegisterValidation",
    "static files": "c:Static c:StaticFS c:StaticFile",
    "templates": "c:LoadHTMLGlob c:LoadHTMLFiles",
    "aborted requests": "c:AbortWithStatusJSON c:AbortWithStatus c:AbortWithError c:echo.NewHTTPError",
    "modes": "c:gin.SetMode",
    "authentication": "i:github.com/gin-contrib/sessions i:github.com/labstack/echo-jwt i:github.com/go-chi/jwtauth",
    "CORS": "i:github.com/gin-contrib/cors i:github.com/go-chi/cors i:github.com/rs/cors",
}

PARTS = {
    "Python": PYTHON_PARTS,
    **dict.fromkeys(("JavaScript", "TypeScript"), ECMA_PARTS),
    **dict.fromkeys(("Java", "Kotlin"), JVM_PARTS),
    "C#": DOTNET_PARTS,
    "PHP": PHP_PARTS,
    "Ruby": RUBY_PARTS,
    "Go": GO_PARTS,
}
