//! Favorites by image and by group.

use serde_json::{Value, json};

use super::{Caller, column, keys, rows, small};
use compshare_mock::Catalog;

fn favorites(caller: &mut Caller) -> Vec<String> {
    let response = caller.get("DescribeFavoriteImages", &[]);
    column(rows(&response, "ImageSet"), "CompShareImageId")
        .into_iter()
        .map(str::to_owned)
        .collect()
}

fn count(caller: &Caller, group: usize) -> Value {
    caller.gateway.community()[group]["FavoritesCount"].clone()
}

#[test]
fn image_and_group_actions_share_favorites() {
    let mut caller = Caller::new(small());
    assert_eq!(
        keys(&caller.get("CreateCompShareImageFavorite", &[("GroupId", "g2")])),
        ["Action", "RetCode"]
    );
    // The first available version, not the first version.
    assert_eq!(favorites(&mut caller), ["c"]);
    assert_eq!(caller.gateway.favorite_groups(), ["g2"]);
    assert_eq!(count(&caller, 1), 8);

    caller.get("AddFavoriteImage", &[("CompShareImageId", "b")]);
    caller.get("AddFavoriteImage", &[("CompShareImageId", "a")]);
    caller.get("AddFavoriteImage", &[("CompShareImageId", "a")]);
    assert_eq!(favorites(&mut caller), ["c", "b", "a"]);
    assert_eq!(
        caller.gateway.favorite_groups(),
        ["g1", "g2"],
        "in the order of the community"
    );
    assert_eq!((count(&caller, 0), count(&caller, 1)), (json!(6), json!(8)));

    caller.get("RemoveFavoriteImage", &[("CompShareImageId", "c")]);
    assert_eq!(
        caller.gateway.favorite_groups(),
        ["g1", "g2"],
        "one version is left"
    );
    for _ in 0..2 {
        caller.get("DeleteCompShareImageFavorite", &[("GroupId", "g2")]);
        assert_eq!(
            (favorites(&mut caller), count(&caller, 1)),
            (vec!["a".to_owned()], json!(7))
        );
    }
    caller.get("RemoveFavoriteImage", &[("CompShareImageId", "a")]);
    assert_eq!(count(&caller, 0), 5);

    // Without an available version, the first version.
    caller.get("CreateCompShareImageFavorite", &[("GroupId", "g3")]);
    assert_eq!(favorites(&mut caller), ["d"]);
}

#[test]
fn unknown_ids_are_not_added() {
    let mut caller = Caller::new(small());
    assert_eq!(caller.error("CreateCompShareImageFavorite", &[]).0, 210);
    assert_eq!(caller.error("DeleteCompShareImageFavorite", &[]).0, 210);
    let unknown = (8039, "Resource not exist [g9]".to_owned());
    assert_eq!(
        caller.error("CreateCompShareImageFavorite", &[("GroupId", "g9")]),
        unknown
    );
    caller.get("DeleteCompShareImageFavorite", &[("GroupId", "g9")]);
    assert_eq!(
        caller
            .error("AddFavoriteImage", &[("CompShareImageId", "g1")])
            .0,
        8039
    );
}

#[test]
fn is_favorite_marks_groups_with_favorites() {
    let mut caller = Caller::built_in();
    let favorites = compshare_mock::favorites();
    let groups: Vec<Value> = caller
        .gateway
        .community()
        .into_iter()
        .filter(|group| group["IsFavorite"] == true)
        .collect();
    let of_groups: Vec<&Value> = groups
        .iter()
        .flat_map(|group| rows(group, "Data"))
        .collect();
    assert_eq!(
        of_groups,
        favorites.iter().collect::<Vec<_>>(),
        "in the same order, though others are between them"
    );
    assert_eq!(caller.gateway.favorite_groups().len(), favorites.len());
    assert_eq!(caller.gateway.favorites(), favorites);
    assert_eq!(
        caller.get("DescribeFavoriteImages", &[("Limit", "100")])["ImageSet"],
        Value::from(favorites)
    );
}

#[test]
fn catalog_favorites_combine_rows_and_groups() {
    let row = |id: &str, group: &str| json!({"CompShareImageId": id, "GroupId": group, "Name": id});
    let catalog = Catalog::empty()
        .favorites(vec![
            row("new", "g3"),
            row("b", "g2"),
            row("x", "g1"),
            json!({"Name": "no id"}),
            json!({"Name": "no id"}),
        ])
        .community(vec![
            json!({"GroupId": "g1", "Data": [row("a", "g1")]}),
            json!({"GroupId": "g2", "Data": [{"CompShareImageId": "b", "Name": "kept"}]}),
            json!({"GroupId": "bare", "IsFavorite": true}),
            json!({"GroupId": "both", "IsFavorite": true, "Data": [row("e", "both"), row("f", "both")]}),
        ]);
    let gateway = Caller::new(catalog).gateway;
    assert_eq!(
        column(&gateway.favorites(), "Name"),
        ["new", "kept", "x", "no id", "no id", "e", "f"]
    );
    let community = gateway.community();
    assert_eq!(
        column(&community, "GroupId"),
        ["g1", "g2", "bare", "both", "g3", "group0", "group6"]
    );
    assert_eq!(column(rows(&community[0], "Data"), "Name"), ["a", "x"]);
    assert_eq!(
        gateway.favorite_groups().len(),
        7,
        "each group here has a favorite"
    );
}

#[test]
fn group_without_versions_can_be_a_favorite() {
    let mut caller =
        Caller::new(Catalog::empty().community(vec![json!({"GroupId": "g", "FavoritesCount": 1})]));
    caller.get("CreateCompShareImageFavorite", &[("GroupId", "g")]);
    assert_eq!(
        (caller.gateway.favorite_groups(), caller.gateway.favorites()),
        (vec!["g".to_owned()], vec![])
    );
    assert_eq!(
        caller.gateway.community()[0],
        json!({"GroupId": "g", "FavoritesCount": 2, "IsFavorite": true})
    );
    caller.get("DeleteCompShareImageFavorite", &[("GroupId", "g")]);
    assert_eq!(count(&caller, 0), 1);
}
