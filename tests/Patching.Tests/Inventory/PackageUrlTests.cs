using Governance.Patching.Inventory;
using Shouldly;
using Xunit;

namespace Governance.Patching.Tests.Inventory;

public class PackageUrlTests
{
    [Theory]
    [InlineData("pkg:npm/foobar@12.3.1", "npm", null, "foobar", "12.3.1", "pkg:npm/foobar@12.3.1")]
    [InlineData("pkg:npm/%40angular/animation@12.3.1", "npm", "@angular", "animation", "12.3.1", "pkg:npm/%40angular/animation@12.3.1")]
    [InlineData("pkg:npm/@angular/animation", "npm", "@angular", "animation", null, "pkg:npm/%40angular/animation")]
    [InlineData("pkg:Composer/Laravel/Laravel@5.5.0", "composer", "laravel", "laravel", "5.5.0", "pkg:composer/laravel/laravel@5.5.0")]
    [InlineData("pkg://composer/drupal/core@v1+b", "composer", "drupal", "core", "v1+b", "pkg:composer/drupal/core@v1%2Bb")]
    [InlineData(
        "pkg:maven/org.apache.commons/io@1.3.4", "maven", "org.apache.commons", "io", "1.3.4", "pkg:maven/org.apache.commons/io@1.3.4")]
    [InlineData(
        "pkg:nuget/EnterpriseLibrary.Common@6.0.1304",
        "nuget",
        null,
        "EnterpriseLibrary.Common",
        "6.0.1304",
        "pkg:nuget/EnterpriseLibrary.Common@6.0.1304")]
    [InlineData(
        "pkg:PYPI/Django_package@1.11.1.dev1", "pypi", null, "django-package", "1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1")]
    [InlineData(
        "pkg:gem/ruby-advisory-db-check@0.12.4", "gem", null, "ruby-advisory-db-check", "0.12.4", "pkg:gem/ruby-advisory-db-check@0.12.4")]
    [InlineData(
        "pkg:golang/google.golang.org/genproto#/googleapis/../api/annotations/",
        "golang",
        "google.golang.org",
        "genproto",
        null,
        "pkg:golang/google.golang.org/genproto#googleapis/api/annotations")]
    [InlineData(
        "pkg:deb/debian/curl@7.50.3-1?distro=jessie&arch=i386",
        "deb",
        "debian",
        "curl",
        "7.50.3-1",
        "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie")]
    [InlineData("pkg:generic/a%20b@1?empty=&Key=x%2Fy", "generic", null, "a b", "1", "pkg:generic/a%20b@1?key=x%2Fy")]
    [InlineData(
        "pkg:docker/customer/image@sha256:244fd47e?repository_url=gcr.io",
        "docker",
        "customer",
        "image",
        "sha256:244fd47e",
        "pkg:docker/customer/image@sha256:244fd47e?repository_url=gcr.io")]
    public void TryParse_PackageUrl_GivesItsPartsAndCanonicalForm(
        string text, string type, string? space, string name, string? version, string canonical)
    {
        PackageUrl.TryParse(text, out var purl, out _).ShouldBeTrue();
        (purl!.Type, purl.Namespace, purl.Name, purl.Version).ShouldBe((type, space, name, version));
        purl.ToString().ShouldBe(canonical);
        PackageUrl.TryParse(canonical, out var again, out _).ShouldBeTrue();
        again.ShouldBe(purl);
    }

    [Theory]
    [InlineData("")]
    [InlineData(null)]
    [InlineData("npm/foo@1")]
    [InlineData("pkg:npm")]
    [InlineData("pkg:npm/")]
    [InlineData("pkg:/foo")]
    [InlineData("pkg:3npm/foo")]
    [InlineData("pkg:n&g/foo")]
    [InlineData("pkg:npm/foo%2")]
    [InlineData("pkg:npm/foo@%FF")]
    [InlineData("pkg:npm/foo?in production=true")]
    [InlineData("pkg:npm/foo?a=1&A=2")]
    public void TryParse_NoPackageUrl_SaysWhy(string? text)
    {
        PackageUrl.TryParse(text, out _, out var fault).ShouldBeFalse();
        fault.ShouldNotBeNullOrWhiteSpace();
    }

    [Fact]
    public void TryParse_MutatedText_NeverThrowsAndItsCanonicalFormReadsBack()
    {
        var random = new Random(3);
        const string alphabet = "abZ09/@%?#&=:.-_+ 4é\ud83d";
        for (var i = 0; i < 50_000; i++)
        {
            var text = "pkg:" + string.Create(random.Next(16), random, (span, r) => r.GetItems(alphabet.AsSpan(), span));
            if (PackageUrl.TryParse(text, out var purl, out _)
                && (!PackageUrl.TryParse(purl.ToString(), out var again, out _) || again.ToString() != purl.ToString()))
            {
                Assert.Fail($"'{text}' became '{purl}', which does not read back.");
            }
        }
    }

    [Theory]
    [InlineData("pkg:npm/%40angular/core@1", "npm", "@angular/core")]
    [InlineData("pkg:composer/Magento/Community-Edition", "Packagist", "magento/community-edition")]
    [InlineData("pkg:maven/org.apache.logging.log4j/log4j-core", "Maven", "org.apache.logging.log4j:log4j-core")]
    [InlineData("pkg:pypi/Foo_Bar.baz", "PyPI", "foo-bar-baz")]
    [InlineData("pkg:golang/github.com/a/b", "Go", "github.com/a/b")]
    [InlineData("pkg:deb/debian/curl", "Debian", "curl")]
    public void Of_KnownType_IsOsvsEcosystemAndName(string text, string ecosystem, string name)
    {
        PackageUrl.TryParse(text, out var purl, out _).ShouldBeTrue();
        Ecosystems.Of(purl!).ShouldBe((ecosystem, name));
        var back = Ecosystems.ToPurl(ecosystem, name).ShouldNotBeNull();
        Ecosystems.Of(back).ShouldBe((ecosystem, name));
    }

    [Theory]
    [InlineData("pkg:deb/debian/libssl3@3.0.11-1~deb12u2?arch=amd64&distro=debian-12&upstream=openssl", "Debian:12", "openssl")]
    [InlineData("pkg:deb/debian/libssl3@3.0.11-1?distro=debian-12.4", "Debian:12", "libssl3")]
    [InlineData("pkg:deb/debian/curl@7.50.3-1?arch=source&distro=jessie&upstream=other", "Debian:8", "curl")]
    [InlineData("pkg:deb/debian/curl@7.50.3-1?distro=sid", "Debian", "curl")]
    [InlineData("pkg:deb/ubuntu/curl@7.81?distro=ubuntu-22.04", "Ubuntu:22.04", "curl")]
    [InlineData("pkg:deb/ubuntu/curl@7.81?distro=jammy", "Ubuntu:22.04", "curl")]
    [InlineData("pkg:apk/alpine/libcrypto3@3.1.4-r1?upstream=openssl&distro=alpine-3.18.4", "Alpine:v3.18", "openssl")]
    [InlineData("pkg:apk/alpine/busybox@1.36?distro=alpine-edge", "Alpine", "busybox")]
    [InlineData(
        "pkg:rpm/redhat/curl@7.76.1-26.el9?epoch=1&distro=rhel-9.4&upstream=curl-7.76.1-26.el9.src.rpm",
        "Red Hat:enterprise_linux:9",
        "curl")]
    [InlineData("pkg:rpm/rocky/curl@7.76.1-26.el9?distro=rocky-9.3", "Rocky Linux:9", "curl")]
    [InlineData(
        "pkg:rpm/opensuse-leap/libcurl4@8.0.1?distro=opensuse-leap-15.5&upstream=curl-8.0.1-150400.5.44.1.src.rpm",
        "openSUSE:Leap 15.5",
        "curl")]
    [InlineData("pkg:golang/github.com/Azure/azure-sdk@v1", "Go", "github.com/azure/azure-sdk")]
    [InlineData("pkg:cargo/Foo_bar@1", "crates.io", "foo-bar")]
    [InlineData("pkg:swift/github.com/Alamofire/Alamofire@5.4.3", "SwiftURL", "github.com/alamofire/alamofire")]
    [InlineData("pkg:nuget/Newtonsoft.Json@13", "NuGet", "newtonsoft.json")]
    public void Of_PackageWithQualifiers_HasReleaseAndSource(string text, string ecosystem, string name)
    {
        PackageUrl.TryParse(text, out var purl, out _).ShouldBeTrue();
        Ecosystems.Of(purl!).ShouldBe((ecosystem, name));
        Ecosystems.Of(purl!.Package).ShouldBe((ecosystem, name));
    }

    [Theory]
    [InlineData("pkg:deb/debian/libc6@2.36-9+b1?upstream=glibc%402.36-9", "2.36-9")]
    [InlineData("pkg:deb/debian/libc6@2.36-9?upstream=glibc", null)]
    [InlineData("pkg:rpm/redhat/bind@9.16-1.el9?epoch=32", "32:9.16-1.el9")]
    [InlineData("pkg:rpm/redhat/bind@9.16-1.el9?epoch=0", null)]
    [InlineData("pkg:npm/a@1?upstream=b%402", null)]
    public void AdvisoryVersion_DistributionPackage_IsItsSources(string text, string? version)
    {
        PackageUrl.TryParse(text, out var purl, out _).ShouldBeTrue();
        DistributionPackages.AdvisoryVersion(Ecosystems.BaseOf(Ecosystems.Of(purl!)!.Value.Ecosystem), purl!.Package, purl.Version)
            .ShouldBe(version);
    }

    [Theory]
    [InlineData("NuGet", "Newtonsoft.Json", "newtonsoft.JSON")]
    [InlineData("PyPI", "Foo__Bar.baz", "foo-bar-baz")]
    [InlineData("SwiftURL", "https://github.com/Alamofire/Alamofire.git", "github.com/alamofire/alamofire")]
    [InlineData("Go", "github.com/Azure/x", "github.com/azure/X")]
    [InlineData("crates.io", "serde_json", "serde-json")]
    public void NormalizeName_SpellingsOfOnePackage_AreOne(string ecosystem, string left, string right) =>
        Ecosystems.NormalizeName(ecosystem, left).ShouldBe(Ecosystems.NormalizeName(ecosystem, right));

    [Fact]
    public void Of_UnknownType_HasNoEcosystem()
    {
        PackageUrl.TryParse("pkg:generic/openssl@1", out var purl, out _).ShouldBeTrue();
        Ecosystems.Of(purl!).ShouldBeNull();
        Ecosystems.ToPurl("Nonesuch", "x").ShouldBeNull();
    }

    [Theory]
    [InlineData("Debian:12", "Debian:12", true)]
    [InlineData("Debian:12", "Debian:11", false)]
    [InlineData("Packagist", "Packagist:https://packages.drupal.org/8", true)]
    [InlineData("npm", "Packagist", false)]
    [InlineData("Ubuntu:22.04", "Ubuntu:22.04:LTS", true)]
    [InlineData("Ubuntu:22.04", "Ubuntu:Pro:22.04:LTS", true)]
    [InlineData("Ubuntu:20.04", "Ubuntu:22.04:LTS", false)]
    [InlineData("Alpine:v3.18", "Alpine:v3.19", false)]
    [InlineData("Red Hat:enterprise_linux:9", "Red Hat:enterprise_linux:9::appstream", true)]
    [InlineData("Red Hat:enterprise_linux:9", "Red Hat:rhel_eus:8.6::baseos", false)]
    [InlineData("Red Hat:enterprise_linux:9", "Red Hat:openshift:4.12::el9", true)]
    [InlineData("Red Hat:enterprise_linux:9", "Red Hat:openshift:4.12::el8", false)]
    [InlineData("Red Hat:enterprise_linux:9", "Red Hat:something:1", true)]
    public void AreSame_Releases_CountOnlyWhereBothNameOne(string left, string right, bool same) =>
        Ecosystems.AreSame(left, right).ShouldBe(same);
}
