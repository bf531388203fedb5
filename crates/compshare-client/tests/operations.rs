//! Operations: driven by hand, without a feature, and spawned by the asynchronous client.

use std::time::Duration;

use compshare_client::engine::{Engine, Operation, Step};
use compshare_client::model::GetCompShareImageCreateProgress;
use compshare_client::sign::form;
use compshare_client::transport::{HttpRequest, HttpResponse, Now, TransportErrorKind};
use compshare_client::{
    Config, Error, ErrorKind, FavoritesSource, ImageOutcome, Sent, WaitOptions,
};

fn engine() -> Engine {
    let config = Config::builder().keys("pub", "hush-private-key");
    Engine::new(config.build().unwrap())
}

fn action(request: &HttpRequest) -> String {
    let params = form::decode(request.body()).unwrap();
    let action = params.into_iter().find(|(key, _)| key == "Action");
    action.unwrap().1
}

fn response(body: &str) -> HttpResponse {
    HttpResponse::new(body.to_owned().into())
}

/// Runs an operation against `serve`, which returns the body for an action, or `None` for a broken
/// connection.
fn run<O: Operation>(operation: &mut O, serve: impl Fn(&str) -> Option<&'static str>) -> O::Output {
    let mut now = Now::real();
    for _ in 0..100 {
        match operation.step(now) {
            Step::Send(request, _) => {
                let body = serve(&action(&request));
                let result = body.map(response);
                operation.complete(now, result.ok_or(TransportErrorKind::Interrupted.into()));
            }
            Step::Wait(delay) => now = Now::new(now.instant + delay, now.system + delay),
            Step::Done(output) => return output,
        }
    }
    panic!("the operation does not end")
}

/// A finished operation returns an error, without another request.
fn is_over<T: std::fmt::Debug>(operation: &mut impl Operation<Output = Result<T, Error>>) {
    let Step::Done(Err(error)) = operation.step(Now::real()) else {
        panic!("not over")
    };
    assert_eq!(error.kind(), ErrorKind::Request);
}

#[test]
fn changes_a_favorite_by_group() {
    for favorite in [true, false] {
        let engine = engine();
        let result = |serve: &dyn Fn(&str) -> Option<&'static str>| {
            if favorite {
                let mut operation = engine.add_favorite("g".into());
                let result = run(&mut operation, serve);
                is_over(&mut operation);
                result
            } else {
                let mut operation = engine.remove_favorite("g".into());
                let result = run(&mut operation, serve);
                is_over(&mut operation);
                result
            }
        };
        let source = result(&|_| Some(r#"{"RetCode":0}"#)).unwrap();
        assert_eq!(source, FavoritesSource::Community);
        let error = result(&|_| Some(r#"{"RetCode":171}"#)).unwrap_err();
        assert!(error.is_auth());
        // A write that only sets a state is repeated.
        let error = result(&|_| None).unwrap_err();
        assert_eq!((error.attempts(), error.was_sent()), (3, Sent::Maybe));
    }
}

#[test]
fn changes_a_favorite_by_image_without_group_actions() {
    let serve = |action: &str| {
        Some(match action {
            "DescribeCommunityImages" => {
                r#"{"RetCode":0,"CompshareImageGroup":[{"GroupId":"g","Data":[{"CompShareImageId":"i","Status":"Available"}]}]}"#
            }
            "AddFavoriteImage" => r#"{"RetCode":0}"#,
            _ => r#"{"RetCode":161}"#,
        })
    };
    let engine = engine();
    for _ in 0..2 {
        let mut operation = engine.add_favorite("g".into());
        assert_eq!(
            run(&mut operation, serve).unwrap(),
            FavoritesSource::Documented
        );
        is_over(&mut operation);
    }
    // The engine remembers: removing begins with the look-up. Without either actions, that is the
    // error.
    let mut operation = engine.remove_favorite("g".into());
    let Step::Send(request, _) = operation.step(Now::real()) else {
        panic!("nothing to send")
    };
    assert_eq!(action(&request), "DescribeCommunityImages");
    let error = run(&mut operation, serve).unwrap_err();
    assert_eq!(error.action(), "RemoveFavoriteImage");
    // Of an engine that remembers nothing, it is the error of the action by group.
    let mut operation = self::engine().remove_favorite("g".into());
    let error = run(&mut operation, serve).unwrap_err();
    assert_eq!(error.action(), "DeleteCompShareImageFavorite");
}

#[test]
fn looks_up_a_group_by_image() {
    for (body, id) in [
        (r#"{"RetCode":0,"CompshareImageGroup":[]}"#, Ok(None)),
        (
            r#"{"RetCode":0,"CompshareImageGroup":[{"GroupId":"g","Data":[{"CompShareImageId":"i"}]}]}"#,
            Ok(Some("g")),
        ),
        (
            r#"{"RetCode":0,"CompshareImageGroup":[{"GroupId":"h","Data":[{"CompShareImageId":"j"}]}]}"#,
            Err(ErrorKind::Body(compshare_client::BodyFault::Shape)),
        ),
    ] {
        let mut operation = engine().find_group("i".into());
        let group = run(&mut operation, |_| Some(body));
        let found = group.as_ref().map(|group| {
            let id = group.as_ref().and_then(|group| group.group_id.as_ref());
            id.map(AsRef::as_ref)
        });
        assert_eq!(found.map_err(Error::kind), id);
        is_over(&mut operation);
    }
}

#[test]
fn wait_ends_with_its_outcome_or_deadline() {
    let wait = |deadline| {
        let options = WaitOptions::default().deadline(Duration::from_secs(deadline));
        engine().wait_for_image(GetCompShareImageCreateProgress::new("i"), options)
    };
    let mut operation = wait(60);
    let outcome = run(&mut operation, |_| Some(r#"{"RetCode":0,"Process":100}"#));
    assert_eq!(outcome.unwrap(), ImageOutcome::Ready);
    is_over(&mut operation);

    let mut operation = wait(60);
    let outcome = run(&mut operation, |_| Some(r#"{"RetCode":0,"Process":5}"#));
    assert!(matches!(
        outcome.unwrap(),
        ImageOutcome::DeadlinePassed { .. }
    ));
    is_over(&mut operation);

    let mut operation = wait(0);
    let outcome = run(&mut operation, |_| None);
    assert_eq!(outcome.unwrap_err().kind(), ErrorKind::Interrupted);
    is_over(&mut operation);
}

#[test]
fn ignores_an_unexpected_result() {
    let mut operation = engine().find_group("i".into());
    let now = Now::real();
    operation.complete(now, Err(TransportErrorKind::Tls.into()));
    for _ in 0..2 {
        assert!(matches!(operation.step(now), Step::Send(..)));
    }
    operation.complete(now, Ok(response(r#"{"RetCode":0,"ImageSet":[]}"#)));
    operation.complete(now, Err(TransportErrorKind::Tls.into()));
    let Step::Done(result) = operation.step(now) else {
        panic!("not over")
    };
    assert!(result.unwrap().is_none());

    let options = WaitOptions::default();
    let mut operation = engine().wait_for_image(GetCompShareImageCreateProgress::new("i"), options);
    operation.complete(now, Err(TransportErrorKind::Tls.into()));
    assert!(matches!(operation.step(now), Step::Send(..)));
}

/// The futures of all methods borrow neither the client nor the arguments.
#[cfg(feature = "async-client")]
#[test]
fn every_call_can_be_spawned() {
    use compshare_client::model::DescribeFavoriteImages;
    use compshare_client::transport::TransportError;
    use compshare_client::{CallOptions, Client};

    struct Service;

    #[compshare_client::async_trait]
    impl compshare_client::transport::Transport for Service {
        async fn send(
            &self,
            _: HttpRequest,
            _: &compshare_client::transport::Limits,
        ) -> Result<HttpResponse, TransportError> {
            Ok(response(r#"{"RetCode":0,"ImageSet":[],"Process":100}"#))
        }

        async fn sleep(&self, _: Duration) {}
    }

    let runtime = tokio::runtime::Builder::new_multi_thread().build().unwrap();
    let (sent, replied, added, removed, found, waited, waited_with, pages, items) = {
        let config = Config::builder().keys("pub", "hush-private-key");
        let client = Client::with_transport(config.build().unwrap(), Service);
        let action = DescribeFavoriteImages::new();
        let (group, image) = ("g".to_owned(), "i".to_owned());
        let request = GetCompShareImageCreateProgress::new(&image);
        let options = WaitOptions::default();
        (
            runtime.spawn(client.send(&action)),
            runtime.spawn(client.send_with(&action, &CallOptions::default())),
            runtime.spawn(client.images().add_favorite(group.as_str())),
            runtime.spawn(client.images().remove_favorite(group.as_str())),
            runtime.spawn(client.images().find_group(image.as_str())),
            runtime.spawn(client.images().wait_until_ready(image.as_str())),
            runtime.spawn(client.images().wait_until_ready_with(request, options)),
            runtime.spawn(client.pages(action).collect()),
            runtime.spawn({
                let mut items = client.favorites();
                async move { items.next().await.is_none() }
            }),
        )
    };
    runtime.block_on(async {
        assert_eq!(sent.await.unwrap().unwrap().images().count(), 0);
        assert_eq!(replied.await.unwrap().unwrap().attempts, 1);
        assert_eq!(added.await.unwrap().unwrap(), FavoritesSource::Community);
        assert_eq!(removed.await.unwrap().unwrap(), FavoritesSource::Community);
        assert!(found.await.unwrap().unwrap().is_none());
        assert!(waited.await.unwrap().unwrap().is_ready());
        assert!(waited_with.await.unwrap().unwrap().is_ready());
        assert!(pages.await.unwrap().unwrap().is_empty());
        assert!(items.await.unwrap());
    });
}
