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
    [InlineData("pkg:maven/org.apache.commons/io@1.3.4", "maven", "org.apache.commons", "io", "1.3.4", "pkg:maven/org.apache.commons/io@1.3.4")]
    [InlineData("pkg:nuget/EnterpriseLibrary.Common@6.0.1304", "nuget", null, "EnterpriseLibrary.Common", "6.0.1304", "pkg:nuget/EnterpriseLibrary.Common@6.0.1304")]
    [InlineData("pkg:PYPI/Django_package@1.11.1.dev1", "pypi", null, "django-package", "1.11.1.dev1", "pkg:pypi/django-package@1.11.1.dev1")]
    [InlineData("pkg:gem/ruby-advisory-db-check@0.12.4", "gem", null, "ruby-advisory-db-check", "0.12.4", "pkg:gem/ruby-advisory-db-check@0.12.4")]
    [InlineData("pkg:golang/google.golang.org/genproto#/googleapis/../api/annotations/", "golang", "google.golang.org", "genproto", null, "pkg:golang/google.golang.org/genproto#googleapis/api/annotations")]
    [InlineData("pkg:deb/debian/curl@7.50.3-1?distro=jessie&arch=i386", "deb", "debian", "curl", "7.50.3-1", "pkg:deb/debian/curl@7.50.3-1?arch=i386&distro=jessie")]
    [InlineData("pkg:generic/a%20b@1?empty=&Key=x%2Fy", "generic", null, "a b", "1", "pkg:generic/a%20b@1?key=x%2Fy")]
    [InlineData("pkg:docker/customer/image@sha256:244fd47e?repository_url=gcr.io", "docker", "customer", "image", "sha256:244fd47e", "pkg:docker/customer/image@sha256:244fd47e?repository_url=gcr.io")]
    public void TryParse_PackageUrl_GivesItsPartsAndCanonicalForm(string text, string type, string? space, string name, string? version, string canonical)
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
            if (PackageUrl.TryParse(text, out var purl, out _) && (!PackageUrl.TryParse(purl.ToString(), out var again, out _) || again.ToString() != purl.ToString()))
                Assert.Fail($"'{text}' became '{purl}', which does not read back.");
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
    public void AreSame_Releases_CountOnlyWhereBothNameOne(string left, string right, bool same) => Ecosystems.AreSame(left, right).ShouldBe(same);
}
